// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/run_check.h"

#include "core/run/recipe_check.h"
#include "core/run/rule_check.h"
#include "ui/text/sentence_text.h"
#include "ui/text/training_text.h"
#include "ui/widgets/core_text.h"

namespace simclr::ui {

namespace {

/// What is learned from, and what is evaluated on if that is something else.
QString imagesText(const Splits &splits) {
    if (!splits.learnsFromOthers())
        return RunCheck::tr("%1 training images").arg(countText(splits.learn.size()));
    return RunCheck::tr(
               "learns from %1 images · evaluated with %2 training, %3 validation and %4 test images")
        .arg(countText(splits.learn.size()), countText(splits.train.size()),
             countText(splits.validation.size()), countText(splits.test.size()));
}

QString plan(const Splits &splits, const TrainOptions &options) {
    const std::size_t images = splits.learn.size();
    const std::int64_t steps = stepsPerEpoch(images, options.batch);
    const QString perEpoch = steps == 1 ? RunCheck::tr("1 step per epoch")
                                        : RunCheck::tr("%1 steps per epoch").arg(countText(steps));
    return RunCheck::tr("%1 · %2 · %3 steps")
        .arg(imagesText(splits), perEpoch, countText(steps * options.epochs));
}

struct Answer {
    bool isPossible = false;
    QString text;
    QStringList findings;
};

Answer answerTo(const RunConfiguration &configuration, const DatasetPtr &dataset, const RuleOptions &rules) {
    if (!dataset)
        return {false, RunCheck::tr("Choose images at the top of the window."), {}};
    try {
        const TrainOptions &options = configuration.options;
        const Splits splits = checkRun(configuration, *dataset);
        const QString text = plan(splits, options);
        if (!changesImages(configuration.pipeline))
            return {true,
                    text,
                    {RunCheck::tr(
                        "The pipeline does not change the images: both views are equal, so there is nothing "
                        "to learn.")}};
        QStringList findings;
        for (const Message &sentence : rulesWithoutEffect(rules, options, *dataset, splits))
            findings.append(coreText(sentence));
        for (const RecipeFinding &finding :
             checkRecipe(configuration, *dataset, static_cast<std::int64_t>(splits.learn.size())))
            findings.append(coreText(finding.sentence));
        return {true, text, findings};
    } catch (const std::exception &error) {
        return {false, sentenceText(error), {}};
    }
}

} // namespace

void RunCheck::check(const RunConfiguration &configuration, const DatasetPtr &dataset,
                     const RuleOptions &rules) {
    m_worker.ask(
        [configuration, dataset, rules] { return answerTo(configuration, dataset, rules); },
        [this](const Answer &answer) { Q_EMIT checked(answer.isPossible, answer.text, answer.findings); });
}

} // namespace simclr::ui

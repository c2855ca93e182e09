// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/run_check.h"

#include "core/run/recipe_check.h"
#include "core/run/rule_check.h"
#include "ui/text/sentence_text.h"
#include "ui/text/training_text.h"
#include "ui/widgets/core_text.h"

namespace simclr::ui {

namespace {

QString plan(std::size_t images, const TrainOptions &options) {
    const std::int64_t steps = stepsPerEpoch(images, options.batch);
    const QString perEpoch = steps == 1 ? RunCheck::tr("1 step per epoch")
                                        : RunCheck::tr("%1 steps per epoch").arg(countText(steps));
    return RunCheck::tr("%1 training images · %2 · %3 steps")
        .arg(countText(static_cast<std::int64_t>(images)), perEpoch, countText(steps * options.epochs));
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
        const QString text = plan(splits.train.size(), options);
        if (!changesImages(configuration.pipeline))
            return {true,
                    text,
                    {RunCheck::tr(
                        "The pipeline does not change the images: both views are equal, so there is nothing "
                        "to learn.")}};
        QStringList findings;
        for (const Message &sentence : rulesWithoutEffect(rules, options, *dataset))
            findings.append(coreText(sentence));
        for (const RecipeFinding &finding :
             checkRecipe(configuration, *dataset, static_cast<std::int64_t>(splits.train.size())))
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

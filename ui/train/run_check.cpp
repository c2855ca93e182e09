// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/run_check.h"

#include "core/run/recipe_check.h"
#include "ui/text/training_text.h"

#include <utility>

namespace simclr::ui {

namespace {

QString plan(std::size_t images, const TrainOptions &options) {
    const std::int64_t steps = stepsPerEpoch(images, options.batch);
    const QString perEpoch = steps == 1 ? RunCheck::tr("1 step per epoch")
                                        : RunCheck::tr("%1 steps per epoch").arg(countText(steps));
    return RunCheck::tr("%1 training images · %2 · %3 steps")
        .arg(countText(static_cast<std::int64_t>(images)), perEpoch, countText(steps * options.epochs));
}

} // namespace

RunCheck::RunCheck(QObject *parent) : QObject(parent) {
    m_pool.setMaxThreadCount(1);
}

RunCheck::~RunCheck() {
    m_pool.clear();
    m_pool.waitForDone(); // its answer is posted to this object and discarded with it
}

void RunCheck::check(const RunConfiguration &configuration, const DatasetPtr &dataset) {
    const Question question{configuration, dataset};
    if (m_working)
        m_next = question;
    else
        work(question);
}

void RunCheck::work(const Question &question) {
    m_working = true;
    m_pool.start([this, question] {
        const Answer result = answer(question);
        QMetaObject::invokeMethod(
            this, [this, result] { done(result); }, Qt::QueuedConnection);
    });
}

void RunCheck::done(const Answer &answer) {
    m_working = false;
    if (m_next)
        work(*std::exchange(m_next, std::nullopt)); // the answer is outdated
    else
        Q_EMIT checked(answer.possible, answer.text, answer.findings);
}

RunCheck::Answer RunCheck::answer(const Question &question) {
    if (!question.dataset)
        return {false, tr("Choose images at the top of the window."), {}};
    try {
        const TrainOptions &options = question.configuration.options;
        const Splits splits = checkRun(question.configuration, *question.dataset);
        const QString text = plan(splits.train.size(), options);
        if (!changesPictures(question.configuration.pipeline))
            return {true,
                    text,
                    {tr("The pipeline does not change the images: both views are equal, so there is nothing "
                        "to learn.")}};
        QStringList findings;
        for (const RecipeFinding &finding : checkRecipe(question.configuration, *question.dataset,
                                                        static_cast<std::int64_t>(splits.train.size())))
            findings.append(QString::fromStdString(finding.sentence));
        return {true, text, findings};
    } catch (const std::exception &error) {
        return {false, QString::fromStdString(error.what()), {}};
    }
}

} // namespace simclr::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/table/run_accuracies.h"

#include "ui/text/run_text.h"
#include "ui/text/training_text.h"

#include <QCoreApplication>

namespace simclr::ui {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(RunAccuracies)
};

/// Abbreviated; the tooltip has the full word.
QString shortSplit(Split split) {
    return split == Split::Validation ? Texts::tr("val.") : splitText(split);
}

} // namespace

QString shortAccuracy(const RunRecord &run, Protocol protocol) {
    const Result *result = bestKnownResult(run, protocol);
    if (result == nullptr)
        return QStringLiteral("–");
    const QString mark = skippedImages(*result) > 0 ? QStringLiteral("*") : QString();
    return Texts::tr("%1 %2").arg(percentText(result->value), shortSplit(result->key.split)) + mark;
}

double accuracyValue(const RunRecord &run, Protocol protocol) {
    const Result *result = bestKnownResult(run, protocol);
    return result == nullptr ? -1 : result->value;
}

QString accuracyTip(const RunRecord &run, Protocol protocol) {
    const Result *result = bestKnownResult(run, protocol);
    if (result == nullptr)
        return run.dataset.classes == 0 ? Texts::tr("The images of this run have no labels")
                                        : Texts::tr("Not evaluated yet");
    return Texts::tr("%1 evaluation on the %2 images after epoch %3: %4")
        .arg(protocolTitle(protocol), splitText(result->key.split), QString::number(result->key.place.epoch),
             accuracyText(run, *result));
}

bool lacksAccuracy(const RunRecord &run, Protocol protocol) {
    return run.dataset.classes > 0 && run.status != RunStatus::Running &&
           bestKnownResult(run, protocol) == nullptr;
}

QString comparableGroup(const RunRecord &run, Protocol protocol) {
    const Result *result = bestKnownResult(run, protocol);
    if (result == nullptr)
        return {};
    const DatasetRecord &images = run.dataset;
    const bool isTest = result->key.split == Split::Test;
    const QStringList parts{QString::fromStdString(images.evaluatedTitle()),
                            QString::fromStdString(images.evaluatedFingerprint()),
                            isTest ? QStringLiteral("0") : QStringLiteral("1"),
                            QString::number(isTest ? images.testImages : images.validationImages)};
    return parts.join(QLatin1Char('\n'));
}

} // namespace simclr::ui

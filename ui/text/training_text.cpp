// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/training_text.h"

#include "core/results/result_text.h"
#include "ui/text/sentence_text.h"
#include "ui/widgets/core_text.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>
#include <algorithm>
#include <cmath>

namespace simclr::ui {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(TrainingText)
};

QString testResults(const std::vector<Evaluated> &all) {
    QStringList parts;
    for (const auto &[result, step, isImported] : all)
        if (result.key.split == Split::Test && result.key.place.epoch > 0)
            parts.append(
                Texts::tr("%1 %2").arg(protocolTitle(result.key.protocol), percentText(result.value)));
    return parts.join(QStringLiteral(", "));
}

/// Less than all, if the database could not be written.
QString kept(const RunOutcome &outcome, std::int64_t step) {
    const std::int64_t stored = std::min(step, outcome.storedStep.value_or(step));
    if (stored < step)
        return Texts::tr(" Runs contains the records up to step %1 of %2; later ones could not be stored.")
            .arg(countText(stored), countText(step));
    return step > 0 ? Texts::tr(" Everything up to step %1 is kept in Runs.").arg(countText(step))
                    : QString();
}

QString withPeriod(QString sentence) {
    if (!sentence.isEmpty() && !sentence.endsWith(QLatin1Char('.')))
        sentence += QLatin1Char('.');
    return sentence;
}

} // namespace

QString percentText(double share) {
    return std::isfinite(share) ? decimalText(share * 100, 1) + QStringLiteral(" %") : QStringLiteral("–");
}

QString intervalText(const std::optional<ShareInterval> &interval) {
    return interval ? Texts::tr("%1–%2 %").arg(decimalText(interval->low * 100, 1),
                                               decimalText(interval->high * 100, 1))
                    : QStringLiteral("–");
}

QString durationText(double seconds) {
    if (!std::isfinite(seconds) || seconds < 0)
        return QStringLiteral("–");
    const auto whole = static_cast<qint64>(std::llround(seconds));
    if (whole < 90)
        return Texts::tr("%1 s").arg(whole);
    const qint64 minutes = (whole + 30) / 60;
    if (minutes < 60)
        return Texts::tr("%1 min").arg(minutes);
    return Texts::tr("%1 h %2 min").arg(minutes / 60).arg(minutes % 60, 2, 10, QLatin1Char('0'));
}

QString protocolTitle(Protocol protocol) {
    return coreText(protocolMessage(protocol));
}

QString resultText(const Result &result) {
    return coreText(titleOf(result));
}

QString splitText(Split split) {
    return split == Split::Validation ? Texts::tr("validation") : Texts::tr("test");
}

QString architectureText(const Json &config) {
    if (!config.is_object() || !config.contains("encoder") || !config["encoder"].is_string())
        return QStringLiteral("–");
    QString text = QString::fromStdString(config["encoder"].get<std::string>());
    text.replace(QStringLiteral("resnet"), QStringLiteral("ResNet-"));
    if (config.contains("width") && config["width"].is_number())
        text += QStringLiteral(" ×") + QLocale().toString(config["width"].get<double>(), 'g', 4);
    return text;
}

QString describe(const RunStarted &started) {
    const QString evaluated = Texts::tr("%1 training, %2 validation and %3 test images")
                                  .arg(countText(started.trainImages), countText(started.validationImages),
                                       countText(started.testImages));
    const QString images = started.learnImages == started.trainImages
                               ? evaluated
                               : Texts::tr("learns from %1 images, evaluated with %2")
                                     .arg(countText(started.learnImages), evaluated);
    return Texts::tr("Run %1 “%2” on %3, %4, %5 threads: %6; %7 steps; encoder with %8 parameters")
        .arg(QString::number(started.runId), QString::fromStdString(started.name),
             QString::fromStdString(started.device), QString::fromStdString(started.precision),
             QString::number(started.threads), images, countText(started.totalSteps),
             countText(started.parameters));
}

QString describe(const Evaluated &evaluated) {
    const Result &result = evaluated.result;
    const std::int64_t epoch = result.key.place.epoch;
    const QString when = epoch > 0              ? Texts::tr("epoch %1").arg(epoch)
                         : evaluated.isImported ? Texts::tr("imported encoder")
                                                : Texts::tr("random encoder");
    return Texts::tr("%1, %2: %3 accuracy %4")
        .arg(when, splitText(result.key.split), resultText(result), percentText(result.value));
}

QString describeEnd(const RunOutcome &outcome, const StepFinished &last,
                    const std::vector<Evaluated> &results) {
    switch (outcome.end) {
    case RunEnd::Completed: {
        const QString accuracies = testResults(results);
        return accuracies.isEmpty() ? Texts::tr("Training is complete.")
                                    : Texts::tr("Training is complete. Test accuracy: %1.").arg(accuracies);
    }
    case RunEnd::Cancelled:
        if (outcome.run == 0)
            return Texts::tr("Cancelled before the run started.");
        return last.step > 0 ? Texts::tr("Cancelled at step %1. The run is kept and can be resumed.")
                                   .arg(countText(last.step))
                             : Texts::tr("Cancelled before the first step. The run is kept in Runs.");
    case RunEnd::Failed:
        break;
    }
    return withPeriod(sentenceText(QString::fromStdString(outcome.failure))) + kept(outcome, last.step);
}

} // namespace simclr::ui

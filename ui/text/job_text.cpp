// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/job_text.h"

#include "core/util/files.h"
#include "ui/text/paths.h"
#include "ui/text/training_text.h"
#include "ui/widgets/core_text.h"

#include <QCoreApplication>
#include <QLocale>

namespace simclr::ui {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(JobText)
};

struct Title {
    QString operator()(const TrainJob &job) const {
        return Texts::tr("Train “%1”").arg(QString::fromStdString(nameOf(job.configuration)));
    }
    QString operator()(const ResumeJob &job) const {
        return job.options.changes.empty() ? Texts::tr("Resume run %1").arg(job.run)
                                           : Texts::tr("Continue run %1").arg(job.run);
    }
    QString operator()(const EvaluateJob &job) const { return Texts::tr("Evaluate run %1").arg(job.run); }
    QString operator()(const EmbedJob &job) const {
        return Texts::tr("Compute features with the encoder of run %1").arg(job.run);
    }
    QString operator()(const ExportJob &job) const {
        return Texts::tr("Export the encoder of run %1").arg(job.run);
    }
    QString operator()(const PreflightJob &) const { return Texts::tr("Measure time and memory"); }
    QString operator()(const UnknownJob &) const {
        return Texts::tr("Job of a newer version of the program");
    }
};

QString activityName(Activity activity) {
    switch (activity) {
    case Activity::OpeningImages:
        return Texts::tr("opening the images");
    case Activity::Measuring:
        return Texts::tr("measuring");
    case Activity::Embedding:
        return Texts::tr("computing features");
    case Activity::WritingWeights:
        break;
    }
    return Texts::tr("writing the encoder");
}

QString resultsText(const std::vector<Result> &results) {
    QStringList parts;
    for (const Result &result : results)
        parts.append(Texts::tr("%1 %2 (%3)")
                         .arg(resultText(result), percentText(result.value), splitText(result.key.split)));
    return parts.join(QStringLiteral(", "));
}

QString rateText(double viewsPerSecond) {
    return Texts::tr("%1 views/s").arg(countText(static_cast<qint64>(viewsPerSecond)));
}

/// What a finished job has made.
struct Made {
    QString operator()(const std::vector<Result> &results) const {
        return Texts::tr("Evaluated run %1: %2.").arg(runOf(job)).arg(resultsText(results));
    }
    QString operator()(const ExportedEncoder &encoder) const {
        QStringList sentences{Texts::tr("%1 contains %2 at epoch %3: %4 parameters, %5 features.")
                                  .arg(QString::fromStdString(displayName(std::get<ExportJob>(job).file)),
                                       QString::fromStdString(encoder.encoder),
                                       QLocale().toString(encoder.epochs, 'g', 4),
                                       countText(encoder.parameters), countText(encoder.featureSize))};
        for (const std::string &problem : encoder.problems)
            sentences.append(QString::fromStdString(problem));
        for (const Message &note : encoder.notes)
            sentences.append(coreText(note));
        return sentences.join(QLatin1Char('\n'));
    }
    QString operator()(const EmbeddedDataset &embedded) const {
        QString text =
            Texts::tr("%1 contains %2 features of each of %3 images at epoch %4; their paths and labels "
                      "are in %5.")
                .arg(QString::fromStdString(displayName(std::get<EmbedJob>(job).file)),
                     countText(embedded.featureSize), countText(static_cast<qint64>(embedded.images)),
                     QLocale().toString(embedded.epochs, 'g', 4),
                     QString::fromStdString(displayName(embedded.table)));
        if (embedded.broken.size() == 1)
            text += Texts::tr(" 1 file could not be read and was left out.");
        else if (!embedded.broken.empty())
            text += Texts::tr(" %1 files could not be read and were left out.").arg(embedded.broken.size());
        for (const std::string &problem : embedded.problems)
            text += QLatin1Char('\n') + QString::fromStdString(problem);
        return text;
    }
    QString operator()(const Preflight &preflight) const { return describe(preflight).last(); }
    QString operator()(const RunOutcome &) const { return Texts::tr("Training is complete."); }
    QString operator()(std::monostate) const { return {}; }

    const Job &job;
};

QString cancelledText(const Job &job, const JobOutcome &outcome) {
    if (const auto *results = std::get_if<std::vector<Result>>(&outcome.product);
        results != nullptr && !results->empty())
        return Texts::tr("The evaluation was cancelled; finished results are kept: %1.")
            .arg(resultsText(*results));
    if (std::holds_alternative<EvaluateJob>(job))
        return Texts::tr("The evaluation was cancelled.");
    if (std::holds_alternative<PreflightJob>(job))
        return Texts::tr("The measurement was cancelled.");
    return Texts::tr("%1: cancelled.").arg(jobTitle(job));
}

QString failedText(const Job &job, const QString &reason) {
    if (std::holds_alternative<EvaluateJob>(job))
        return Texts::tr("Run %1 cannot be evaluated: %2").arg(QString::number(runOf(job)), reason);
    if (std::holds_alternative<ExportJob>(job))
        return Texts::tr("The encoder was not exported: %1").arg(reason);
    if (std::holds_alternative<PreflightJob>(job))
        return Texts::tr("The measurement failed: %1").arg(reason);
    return Texts::tr("%1: %2").arg(jobTitle(job), reason);
}

} // namespace

QString jobTitle(const Job &job) {
    return std::visit(Title{}, job);
}

QString activityText(const Progressed &progressed) {
    const QString name = activityName(progressed.activity);
    return progressed.total == 0 ? name
                                 : Texts::tr("%1, %2 of %3")
                                       .arg(name, countText(static_cast<qint64>(progressed.done)),
                                            countText(static_cast<qint64>(progressed.total)));
}

QString outcomeText(const Job &job, const JobOutcome &outcome, const QStringList &notes) {
    QString text = outcome.end == JobEnd::Done ? std::visit(Made{job}, outcome.product)
                   : outcome.end == JobEnd::Cancelled
                       ? cancelledText(job, outcome)
                       : failedText(job, QString::fromStdString(outcome.failure));
    for (const QString &note : notes)
        text += Texts::tr(" Note: %1.").arg(note);
    return text;
}

QStringList describe(const Preflight &preflight) {
    QStringList lines;
    lines.append(
        Texts::tr("Measured on %1, %2: rendering views alone %3, training %4.")
            .arg(QString::fromStdString(preflight.device), QString::fromStdString(preflight.precision),
                 rateText(preflight.renderedViewsPerSecond), rateText(preflight.trainedViewsPerSecond)));
    lines.append(preflight.isLoaderBound
                     ? Texts::tr("Rendering views limits the speed: more loader threads or smaller images "
                                 "help.")
                     : Texts::tr("The encoder limits the speed."));
    if (preflight.peakBytes > 0)
        lines.append(Texts::tr("Peak memory: %1.")
                         .arg(QLocale().formattedDataSize(static_cast<qint64>(preflight.peakBytes))));
    lines.append(Texts::tr("%1 steps would take about %2, without evaluations.")
                     .arg(countText(preflight.totalSteps), durationText(preflight.seconds)));
    return lines;
}

} // namespace simclr::ui

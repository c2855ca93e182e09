// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/table/run_column.h"

#include "ui/runs/table/run_accuracies.h"
#include "ui/text/run_text.h"
#include "ui/text/training_text.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QStringList>
#include <cmath>

namespace simclr::ui {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(RunColumn)
};

double now() {
    return static_cast<double>(QDateTime::currentMSecsSinceEpoch()) / 1000;
}

QString plainText(const std::string &text) {
    return QString::fromStdString(text);
}

SortValue knownNumber(double number, bool isKnown) {
    return isKnown ? SortValue(number) : SortValue();
}

RunColumn accuracyColumn(Protocol protocol, const QString &title) {
    return {.field = plainText(nameOf(protocol)),
            .title = title,
            .help =
                Texts::tr("Sorted by accuracy within the same images and split; others are not comparable"),
            .isNumber = true,
            .text = [protocol](const RunRecord &run) { return shortAccuracy(run, protocol); },
            .value =
                [protocol](const RunRecord &run) {
                    const double value = accuracyValue(run, protocol);
                    return knownNumber(value, value >= 0);
                },
            .toolTip = [protocol](const RunRecord &run) { return accuracyTip(run, protocol); },
            .comparable = [protocol](const RunRecord &run) { return comparableGroup(run, protocol); },
            .evaluable = [protocol](const RunRecord &run) { return lacksAccuracy(run, protocol); },
            .number = [](double share) { return percentText(share); }};
}

RunColumn nameColumn() {
    return {.field = QStringLiteral("name"),
            .title = Texts::tr("Name"),
            .text = [](const RunRecord &run) { return runTitle(run); },
            .icon = [](const RunRecord &run) { return runDot(run.id); }};
}

RunColumn statusColumn() {
    return {.field = QStringLiteral("status"),
            .title = Texts::tr("Status"),
            .text = [](const RunRecord &run) { return statusTitle(run.status); },
            .toolTip =
                [](const RunRecord &run) {
                    return run.status == RunStatus::Failed ? plainText(run.failure) : statusTitle(run.status);
                },
            .icon = [](const RunRecord &run) { return statusIcon(run.status); }};
}

RunColumn epochsColumn() {
    return {.field = QStringLiteral("epoch"),
            .title = Texts::tr("Epochs"),
            .isNumber = true,
            .text = [](const RunRecord &run) { return epochsText(run); },
            .value = [](const RunRecord &run) { return SortValue(run.lastEpoch); },
            .number = [](double epochs) { return decimalText(epochs, 1); }};
}

RunColumn speedColumn() {
    return {.field = QStringLiteral("images_per_second"),
            .title = Texts::tr("Images/s"),
            .isNumber = true,
            .text =
                [](const RunRecord &run) {
                    return run.imagesPerSecond ? countText(std::llround(*run.imagesPerSecond))
                                               : QStringLiteral("–");
                },
            .value =
                [](const RunRecord &run) {
                    return knownNumber(run.imagesPerSecond.value_or(0), run.imagesPerSecond.has_value());
                },
            .number = [](double rate) { return countText(std::llround(rate)); }};
}

RunColumn startedColumn() {
    return {.field = QStringLiteral("created"),
            .title = Texts::tr("Started"),
            .text = [](const RunRecord &run) { return dateText(run.created); },
            .value = [](const RunRecord &run) { return SortValue(run.created); }};
}

RunColumn durationColumn() {
    return {.field = QStringLiteral("duration"),
            .title = Texts::tr("Duration"),
            .isNumber = true,
            .isHiddenAtFirst = true, // so that a narrow window shows names
            .growsWithTime = true,
            .text = [](const RunRecord &run) { return durationText(durationSeconds(run, now())); },
            .value =
                [](const RunRecord &run) {
                    const double seconds = durationSeconds(run, now());
                    return knownNumber(seconds, seconds >= 0);
                },
            .number = [](double seconds) { return durationText(seconds); }};
}

RunColumn tagsColumn() {
    return {.field = QStringLiteral("tag"),
            .title = Texts::tr("Tags"),
            .isHiddenAtFirst = true,
            .text = [](const RunRecord &run) {
                QStringList tags;
                for (const std::string &tag : run.tags)
                    tags.append(plainText(tag));
                return tags.join(QStringLiteral(", "));
            }};
}

RunColumn seedColumn() {
    return {.field = QStringLiteral("seed"),
            .title = Texts::tr("Seed"),
            .isHiddenAtFirst = true,
            .text = [](const RunRecord &run) { return QString::number(run.seed); },
            .value = [](const RunRecord &run) { return SortValue(static_cast<double>(run.seed)); }};
}

RunColumn textColumn(const char *field, const QString &title, QString (*text)(const RunRecord &)) {
    return {.field = QLatin1String(field), .title = title, .text = text};
}

} // namespace

std::vector<RunColumn> basicRunColumns() {
    return {
        nameColumn(),
        statusColumn(),
        textColumn("images", Texts::tr("Images"),
                   [](const RunRecord &run) { return plainText(run.dataset.title); }),
        textColumn("pipeline", Texts::tr("Pipeline"), pipelineName),
        textColumn("encoder", Texts::tr("Encoder"),
                   [](const RunRecord &run) { return architectureText(run.config); }),
        epochsColumn(),
        accuracyColumn(Protocol::Linear, Texts::tr("Linear")),
        accuracyColumn(Protocol::Knn, Texts::tr("kNN")),
        speedColumn(),
        startedColumn(),
        durationColumn(),
        tagsColumn(),
        seedColumn(),
    };
}

SortValue sortValue(const RunColumn &column, const RunRecord &run) {
    return column.value ? column.value(run) : SortValue(column.text(run));
}

QString toolTip(const RunColumn &column, const RunRecord &run) {
    return column.toolTip ? column.toolTip(run) : column.text(run);
}

} // namespace simclr::ui

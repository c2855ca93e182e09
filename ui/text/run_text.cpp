// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/run_text.h"

#include "core/augment/operation.h"
#include "core/train/train_options.h"
#include "ui/text/training_text.h"
#include "ui/widgets/theme.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QGuiApplication>
#include <QLocale>
#include <QPainter>
#include <QPalette>
#include <QPixmap>
#include <QStringList>
#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

namespace simclr::ui {

namespace {

QString tr(const char *text) {
    return QCoreApplication::translate("RunWords", text);
}

std::optional<QString> parameterTitle(const Schema &schema, const QString &id) {
    const auto found = std::ranges::find(schema, id.toStdString(), &Parameter::id);
    return found == schema.end() ? std::nullopt : std::optional(QString::fromStdString(found->title));
}

} // namespace

QString statusTitle(RunStatus status) {
    switch (status) {
    case RunStatus::Running:
        return tr("running");
    case RunStatus::Completed:
        return tr("completed");
    case RunStatus::Cancelled:
        return tr("cancelled");
    case RunStatus::Failed:
        return tr("failed");
    case RunStatus::Interrupted:
        return tr("interrupted");
    }
    return {};
}

QIcon statusIcon(RunStatus status) {
    switch (status) {
    case RunStatus::Running:
        return theme::icon(QStringLiteral("media-playback-start"));
    case RunStatus::Completed:
        return theme::icon(QStringLiteral("dialog-ok"));
    case RunStatus::Cancelled:
        return theme::icon(QStringLiteral("media-playback-stop"));
    case RunStatus::Failed:
        return theme::icon(QStringLiteral("window-close"));
    case RunStatus::Interrupted:
        return theme::icon(QStringLiteral("media-playback-pause"));
    }
    return {};
}

QIcon runDot(RunId run) {
    constexpr int side = 32; // drawn large, so that it is crisp on dense screens too
    QPixmap pixmap(side, side);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(
        QPen(QGuiApplication::palette().color(QPalette::Base), 4)); // stands out from a selected row too
    painter.setBrush(theme::runColor(run));
    painter.drawEllipse(pixmap.rect().adjusted(4, 4, -4, -4));
    QIcon dot(pixmap);
    dot.addPixmap(pixmap, QIcon::Selected); // as it is, where it would be tinted
    return dot;
}

QString dateText(double secondsSince1970) {
    const auto milliseconds = static_cast<qint64>(std::llround(secondsSince1970 * 1000));
    return QDateTime::fromMSecsSinceEpoch(milliseconds).toString(QStringLiteral("yyyy-MM-dd HH:mm"));
}

QString epochsText(const RunRecord &run) {
    if (run.totalEpochs == 0)
        return QStringLiteral("–"); // imported
    const bool isWhole = run.lastEpoch == std::floor(run.lastEpoch);
    const QString done = decimalText(run.lastEpoch, isWhole ? 0 : 1);
    return tr("%1 of %2").arg(done, countText(run.totalEpochs));
}

double durationSeconds(const RunRecord &run, double now) {
    const bool showedNoSign = run.status == RunStatus::Interrupted && run.finished == run.created;
    if (showedNoSign)
        return -1; // killed before its first step: nobody knows when
    if (run.finished)
        return *run.finished - run.created;
    return run.status == RunStatus::Running ? std::max(0.0, now - run.created) : -1; // the clock may be set
}

QString runTitle(const RunRecord &run) {
    return QStringLiteral("%1 · %2").arg(run.id).arg(QString::fromStdString(run.name));
}

namespace {

/// "color_jitter" of "one_of/color_jitter[2]", the second of its kind.
const OperationType *innermostType(const QString &steps) {
    return findOperationType(
        steps.section(QLatin1Char('/'), -1).section(QLatin1Char('['), 0, 0).toStdString());
}

/// "View 2 · One of · Colour jitter [2]" of "second_view/one_of/color_jitter[2]"; nothing where a part of it
/// is no operation known here.
std::optional<QString> stepsTitle(const QString &steps) {
    QStringList titles;
    for (const QString &part : steps.split(QLatin1Char('/'))) {
        const QString name = part.section(QLatin1Char('['), 0, 0);
        const OperationType *type = findOperationType(name.toStdString());
        if (type)
            titles.append(QString::fromStdString(type->title) + part.mid(name.size()));
        else if (titles.isEmpty() && name == QLatin1String("second_view"))
            titles.append(tr("View 2"));
        else
            return std::nullopt;
    }
    return titles.join(QStringLiteral(" · "));
}

} // namespace

QString settingTitle(const std::string &path) {
    const std::map<std::string, QString> others{
        {"pipeline.name", tr("Pipeline")},
        {"pipeline.order", tr("Order of operations")},
        {"dataset.source", tr("Images")},
        {"dataset.fingerprint", tr("Fingerprint of the images")},
        {"dataset.train", tr("Training images")},
        {"dataset.validation", tr("Validation images")},
        {"dataset.test", tr("Test images")},
        {"dataset.classes", tr("Classes")},
        {"seed", tr("Seed")},
        {"device", tr("Device")},
        {"precision", tr("Precision")},
    };
    if (const auto known = others.find(path); known != others.end())
        return known->second;
    const QStringList parts = QString::fromStdString(path).split(QLatin1Char('.'));
    if (parts.size() == 2 && parts[0] == QLatin1String("config"))
        return parameterTitle(trainOptionsDescription().schema(), parts[1]).value_or(parts[1]);
    const std::optional<QString> title =
        parts[0] == QLatin1String("pipeline") ? stepsTitle(parts.value(1)) : std::nullopt;
    if (!title)
        return QString::fromStdString(path);
    if (parts.size() < 3)
        return *title;
    const OperationType *type = innermostType(parts[1]);
    return QStringLiteral("%1 · %2").arg(
        *title, type ? parameterTitle(type->schema, parts[2]).value_or(parts[2]) : parts[2]);
}

QString pipelineName(const RunRecord &run) {
    const Json &json = run.pipeline;
    const bool named = json.is_object() && json.contains("name") && json["name"].is_string();
    return named ? QString::fromStdString(json["name"].get<std::string>()) : QStringLiteral("–");
}

QString encoderTitle(const RunRecord &run, const Result &result) {
    switch (originOf(run, result)) {
    case WeightsOrigin::Random:
        return tr("random encoder");
    case WeightsOrigin::Imported:
        return tr("imported encoder");
    case WeightsOrigin::Supervised:
        return tr("trained with labels");
    case WeightsOrigin::Trained:
        break;
    }
    return tr("epoch %1").arg(result.key.place.epoch);
}

QString accuracyText(const RunRecord &run, const Result &result) {
    const std::optional<ShareInterval> interval = accuracyInterval(run, result);
    const QString accuracy = percentText(result.value);
    return withMissing(interval ? tr("%1 (%2)").arg(accuracy, intervalText(interval)) : accuracy, result);
}

QString withMissing(const QString &accuracy, const Result &result) {
    const std::int64_t skipped = skippedImages(result);
    return skipped == 0 ? accuracy : tr("%1, images missing: %2").arg(accuracy).arg(skipped);
}

QString intervalHelp() {
    return tr(
        "95 % interval (Wilson) from the number of images, for this very encoder. It does not cover what "
        "another seed would change.");
}

const Result *bestKnownResult(const RunRecord &run, Protocol protocol) {
    for (const Split split : {Split::Test, Split::Validation}) {
        const Result *result = latestResult(run, protocol, split);
        if (result != nullptr && !isBaseline(run, *result))
            return result;
    }
    return nullptr;
}

} // namespace simclr::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/run_text.h"

#include "core/augment/operation.h"
#include "core/train/train_options.h"
#include "ui/text/training_text.h"
#include "ui/widgets/core_text.h"
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

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(RunText)
};

std::optional<QString> parameterTitle(const Schema &schema, const QString &id) {
    const auto found = std::ranges::find(schema, id.toStdString(), &Parameter::id);
    return found == schema.end() ? std::nullopt : std::optional(coreText(found->title));
}

} // namespace

QString statusTitle(RunStatus status) {
    switch (status) {
    case RunStatus::Running:
        return Texts::tr("running");
    case RunStatus::Completed:
        return Texts::tr("completed");
    case RunStatus::Cancelled:
        return Texts::tr("cancelled");
    case RunStatus::Failed:
        return Texts::tr("failed");
    case RunStatus::Interrupted:
        return Texts::tr("interrupted");
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
    constexpr int side = 32; // painted large, so that it is also sharp on high-DPI screens
    QPixmap pixmap(side, side);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(
        QPen(QGuiApplication::palette().color(QPalette::Base), 4)); // visible on a selected row too
    painter.setBrush(theme::runColor(run));
    painter.drawEllipse(pixmap.rect().adjusted(4, 4, -4, -4));
    QIcon dot(pixmap);
    dot.addPixmap(pixmap, QIcon::Selected); // otherwise Qt would tint it
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
    return Texts::tr("%1 of %2").arg(done, countText(run.totalEpochs));
}

double durationSeconds(const RunRecord &run, double now) {
    const bool neverStepped = run.status == RunStatus::Interrupted && run.finished == run.created;
    if (neverStepped)
        return -1; // killed before its first step: the end time is unknown
    if (run.finished)
        return *run.finished - run.created;
    // Not below 0: the system clock may have been changed.
    return run.status == RunStatus::Running ? std::max(0.0, now - run.created) : -1;
}

QString runTitle(const RunRecord &run) {
    return QStringLiteral("%1 · %2").arg(run.id).arg(QString::fromStdString(run.name));
}

namespace {

/// The type "color_jitter" for "one_of/color_jitter[2]", the second step of that type.
const OperationType *innermostType(const QString &steps) {
    return findOperationType(
        steps.section(QLatin1Char('/'), -1).section(QLatin1Char('['), 0, 0).toStdString());
}

/// "View 2 · One of · Colour jitter[2]" for "second_view/one_of/color_jitter[2]"; nothing if a part of it is
/// not a known operation.
std::optional<QString> stepsTitle(const QString &steps) {
    QStringList titles;
    for (const QString &part : steps.split(QLatin1Char('/'))) {
        const QString name = part.section(QLatin1Char('['), 0, 0);
        const OperationType *type = findOperationType(name.toStdString());
        if (type)
            titles.append(coreText(type->title) + part.mid(name.size()));
        else if (titles.isEmpty() && name == QLatin1String("second_view"))
            titles.append(Texts::tr("View 2"));
        else
            return std::nullopt;
    }
    return titles.join(QStringLiteral(" · "));
}

} // namespace

QString settingTitle(const std::string &path) {
    const std::map<std::string, QString> others{
        {"pipeline.name", Texts::tr("Pipeline")},
        {"pipeline.order", Texts::tr("Order of operations")},
        {"dataset.source", Texts::tr("Images")},
        {"dataset.fingerprint", Texts::tr("Fingerprint of the images")},
        {"dataset.train", Texts::tr("Training images")},
        {"dataset.validation", Texts::tr("Validation images")},
        {"dataset.test", Texts::tr("Test images")},
        {"dataset.classes", Texts::tr("Classes")},
        {"seed", Texts::tr("Seed")},
        {"device", Texts::tr("Device")},
        {"precision", Texts::tr("Precision")},
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
        return Texts::tr("random encoder");
    case WeightsOrigin::Imported:
        return Texts::tr("imported encoder");
    case WeightsOrigin::Supervised:
        return Texts::tr("trained with labels");
    case WeightsOrigin::Trained:
        break;
    }
    return Texts::tr("epoch %1").arg(result.key.place.epoch);
}

QString accuracyText(const RunRecord &run, const Result &result) {
    const std::optional<ShareInterval> interval = accuracyInterval(run, result);
    const QString accuracy = percentText(result.value);
    return withMissing(interval ? Texts::tr("%1 (%2)").arg(accuracy, intervalText(interval)) : accuracy,
                       result);
}

QString withMissing(const QString &accuracy, const Result &result) {
    const std::int64_t skipped = skippedImages(result);
    return skipped == 0 ? accuracy : Texts::tr("%1, images missing: %2").arg(accuracy).arg(skipped);
}

QString intervalHelp() {
    return Texts::tr(
        "95 % Wilson interval from the number of images, for this encoder only. It does not include the "
        "variation between seeds.");
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

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/queue_model.h"

#include "ui/text/job_text.h"
#include "ui/text/training_text.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/theme.h"
#include "ui/workspace/queue_forecast.h"

#include <QMimeData>
#include <algorithm>
#include <utility>

namespace simclr::ui {

namespace {

const QString jobMime = QStringLiteral("application/x-simclr-job");

const RunConfiguration *configurationOf(const Job &job) {
    if (const auto *train = std::get_if<TrainJob>(&job))
        return &train->configuration;
    const auto *measured = std::get_if<PreflightJob>(&job);
    return measured == nullptr ? nullptr : &measured->configuration;
}

/// The last part of a folder's path; empty for the run's own images.
QString imagesText(const Job &job) {
    const std::string source = std::visit(
        [](const auto &each) {
            if constexpr (requires { each.images; })
                return each.images.source;
            else
                return std::string();
        },
        job);
    const std::string name = std::filesystem::path(source).filename().string();
    return QString::fromStdString(name.empty() ? source : name);
}

QString pipelineText(const Job &job) {
    const RunConfiguration *configuration = configurationOf(job);
    return configuration == nullptr ? QString() : QString::fromStdString(configuration->pipeline.name);
}

} // namespace

QueueModel::QueueModel(ComputeQueue &queue, QueueForecast &forecast, QObject *parent)
    : QAbstractTableModel(parent), m_queue(queue), m_forecast(forecast) {
    connect(&queue, &ComputeQueue::changed, this, &QueueModel::update);
    connect(&forecast, &QueueForecast::changed, this, &QueueModel::update);
    update();
}

int QueueModel::rowCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int QueueModel::columnCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : columns;
}

const QueueModel::Row *QueueModel::row(const QModelIndex &index) const {
    return index.isValid() ? &m_rows[static_cast<std::size_t>(index.row())] : nullptr;
}

QVariant QueueModel::data(const QModelIndex &index, int role) const {
    const Row *shown = row(index);
    if (shown == nullptr)
        return {};
    const QString &text = shown->texts[static_cast<std::size_t>(index.column())];
    if (role == Qt::DisplayRole)
        return text;
    if (role == Qt::ToolTipRole)
        return plainToolTip(text);
    if (role == Qt::ForegroundRole && shown->kind == Kind::Troubled && index.column() == State)
        return theme::danger();
    return {};
}

QVariant QueueModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Title:
        return tr("Job");
    case Images:
        return tr("Images");
    case Pipeline:
        return tr("Pipeline");
    case State:
        return tr("State");
    default:
        return tr("Time");
    }
}

Qt::ItemFlags QueueModel::flags(const QModelIndex &index) const {
    const Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    if (!index.isValid())
        return flags | Qt::ItemIsDropEnabled; // between two rows
    return isWaiting(index) ? flags | Qt::ItemIsDragEnabled : flags;
}

QStringList QueueModel::mimeTypes() const {
    return {jobMime};
}

QMimeData *QueueModel::mimeData(const QModelIndexList &indexes) const {
    auto *data = new QMimeData;
    data->setData(jobMime, indexes.isEmpty() ? QByteArray() : idAt(indexes.front()).toUtf8());
    return data;
}

bool QueueModel::dropMimeData(const QMimeData *data, Qt::DropAction action, int row, int,
                              const QModelIndex &parent) {
    const QModelIndex dragged = indexOf(QString::fromUtf8(data->data(jobMime)));
    const int target = row >= 0 ? row : parent.isValid() ? parent.row() : rowCount();
    if (action != Qt::MoveAction || !dragged.isValid())
        return false;
    const int by = target > dragged.row() ? target - 1 - dragged.row() : target - dragged.row();
    m_queue.move(idAt(dragged), by);
    return false; // the view must not remove a row
}

JobId QueueModel::idAt(const QModelIndex &index) const {
    const Row *shown = row(index);
    return shown == nullptr ? JobId() : shown->id;
}

bool QueueModel::isWaiting(const QModelIndex &index) const {
    const Row *shown = row(index);
    return shown != nullptr && shown->kind == Kind::Waiting;
}

bool QueueModel::isTroubled(const QModelIndex &index) const {
    const Row *shown = row(index);
    return shown != nullptr && shown->kind == Kind::Troubled;
}

QModelIndex QueueModel::indexOf(const JobId &id) const {
    const auto found = std::ranges::find(m_rows, id, &Row::id);
    return found == m_rows.end() ? QModelIndex() : index(static_cast<int>(found - m_rows.begin()), 0);
}

QueueModel::Row QueueModel::rowOf(const QueuedJob &job) const {
    const QString state = job.isStopping           ? tr("stopping …")
                          : !job.isRunning         ? tr("waiting")
                          : job.activity.isEmpty() ? tr("in progress")
                                                   : job.activity;
    const double seconds = m_forecast.secondsOf(job);
    const QString time = seconds < 0     ? tr("unknown")
                         : job.isRunning ? tr("%1 left").arg(durationText(seconds))
                                         : tr("about %1").arg(durationText(seconds));
    return {job.id,
            job.isRunning ? Kind::Running : Kind::Waiting,
            {jobTitle(job.job), imagesText(job.job), pipelineText(job.job), state, time}};
}

QueueModel::Row QueueModel::rowOf(const TroubledJob &job) {
    const QString state = job.isInterrupted ? tr("interrupted: the program ended before it did")
                                            : tr("failed: %1").arg(job.reason);
    return {
        job.id, Kind::Troubled, {jobTitle(job.job), imagesText(job.job), pipelineText(job.job), state, {}}};
}

std::vector<QueueModel::Row> QueueModel::rows() const {
    std::vector<Row> rows;
    for (const QueuedJob &job : m_queue.jobs())
        rows.push_back(rowOf(job));
    for (const TroubledJob &job : m_queue.troubled())
        rows.push_back(rowOf(job));
    return rows;
}

void QueueModel::update() {
    std::vector<Row> newer = rows();
    const bool isSame = std::ranges::equal(newer, m_rows, {}, &Row::id, &Row::id);
    if (!isSame)
        beginResetModel();
    m_rows = std::move(newer);
    if (!isSame)
        endResetModel();
    else if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columns - 1));
}

} // namespace simclr::ui

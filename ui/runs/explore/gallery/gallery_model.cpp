// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/gallery/gallery_model.h"

#include "ui/widgets/plain_text.h"

#include <algorithm>
#include <utility>

namespace simclr::ui {

GalleryModel::GalleryModel(QObject *parent) : QAbstractListModel(parent) {}

void GalleryModel::setItems(std::vector<GalleryItem> items) {
    beginResetModel();
    m_items = std::move(items);
    m_hasPredictions = std::ranges::any_of(
        m_items, [](const GalleryItem &item) { return item.hasPrediction() && !item.isRight(); });
    m_hasNotes = std::ranges::any_of(m_items, [](const GalleryItem &item) { return !item.note.isEmpty(); });
    endResetModel();
}

void GalleryModel::setDataset(const DatasetPtr &dataset) {
    m_dataset = dataset;
    if (!m_items.empty())
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

int GalleryModel::rowCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : int(m_items.size());
}

QVariant GalleryModel::data(const QModelIndex &index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const GalleryItem &item = m_items[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return firstLine(item);
    case PredictionRole:
        return predictionLine(item);
    case NoteRole:
        return item.note;
    case Qt::ToolTipRole:
        return plainToolTip(details(item));
    case Qt::AccessibleTextRole:
        return details(item);
    case MarkRole:
        return item.hasPrediction() ? (item.isRight() ? Right : Wrong) : NoMark;
    case SampleRole:
        return item.sample;
    default:
        return {};
    }
}

/// The class that the item names, or the one of the dataset.
int GalleryModel::labelOf(const GalleryItem &item) const {
    const bool isKnown = m_dataset != nullptr && item.sample < m_dataset->size();
    return item.label >= 0 || !isKnown ? item.label : m_dataset->label(item.sample);
}

QString GalleryModel::firstLine(const GalleryItem &item) const {
    const QString name = classText(m_dataset.get(), labelOf(item));
    return name.isEmpty() ? imageText(m_dataset.get(), item.sample).section(QChar('/'), -1) : name;
}

QStringList GalleryModel::predictions(const GalleryItem &item) const {
    QStringList names{classText(m_dataset.get(), item.predicted)};
    if (item.other >= 0)
        names.append(classText(m_dataset.get(), item.other));
    return names;
}

QString GalleryModel::predictionLine(const GalleryItem &item) const {
    return item.hasPrediction() && !item.isRight()
               ? QStringLiteral("→ ") + predictions(item).join(QStringLiteral(", "))
               : QString();
}

QString GalleryModel::details(const GalleryItem &item) const {
    QStringList lines{imageText(m_dataset.get(), item.sample)};
    if (m_dataset != nullptr)
        lines.append(tr("Index: %1").arg(item.sample));
    if (const QString name = classText(m_dataset.get(), labelOf(item)); !name.isEmpty())
        lines.append(tr("Class: %1").arg(name));
    if (item.predicted >= 0)
        lines.append((item.isRight() ? tr("Predicted: %1, right") : tr("Predicted: %1, wrong"))
                         .arg(predictions(item).join(QStringLiteral(", "))));
    if (!item.note.isEmpty())
        lines.append(item.note);
    return lines.join(QChar('\n'));
}

} // namespace simclr::ui

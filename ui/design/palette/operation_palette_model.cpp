// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/design/palette/operation_palette_model.h"

#include "ui/design/palette/operation_search.h"
#include "ui/widgets/core_text.h"

#include <QMimeData>
#include <algorithm>
#include <utility>

namespace simclr::ui {

OperationPaletteModel::OperationPaletteModel(QObject *parent) : QAbstractListModel(parent) {
    rebuild({});
}

int OperationPaletteModel::rowCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant OperationPaletteModel::data(const QModelIndex &index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto &[category, type] = m_rows[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return coreText(type ? type->title : categoryTitle(category));
    case Qt::ToolTipRole:
        return type ? (coreText(type->help) + QLatin1Char('\n') + QString::fromStdString(type->source))
                          .trimmed()
                    : QVariant();
    case Qt::DecorationRole: {
        const auto found =
            type ? m_thumbnails.constFind(QString::fromStdString(type->id)) : m_thumbnails.cend();
        return found == m_thumbnails.cend() ? QVariant() : QVariant(*found);
    }
    case CombinationRole:
        return type != nullptr && type->isCombination();
    case OperationRole:
        return type ? QString::fromStdString(type->id) : QString();
    case HeadingRole:
        return type == nullptr;
    default:
        return {};
    }
}

Qt::ItemFlags OperationPaletteModel::flags(const QModelIndex &index) const {
    if (!index.isValid())
        return Qt::NoItemFlags;
    const Qt::ItemFlags common = Qt::ItemNeverHasChildren;
    if (m_rows[std::size_t(index.row())].type == nullptr)
        return common;
    return common | Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsDragEnabled;
}

QString OperationPaletteModel::operationMimeType() {
    return QStringLiteral("application/x-simclr-operation");
}

QStringList OperationPaletteModel::mimeTypes() const {
    return {operationMimeType()};
}

QMimeData *OperationPaletteModel::mimeData(const QModelIndexList &indexes) const {
    auto *data = new QMimeData;
    if (!indexes.isEmpty())
        data->setData(operationMimeType(), indexes.front().data(OperationRole).toString().toUtf8());
    return data;
}

void OperationPaletteModel::setSearch(const QString &text) {
    beginResetModel();
    rebuild(text);
    endResetModel();
}

void OperationPaletteModel::setThumbnail(const QString &operation, const QImage &thumbnail) {
    m_thumbnails.insert(operation, thumbnail);
    const std::string id = operation.toStdString();
    const auto isOfIt = [&id](const Row &row) { return row.type != nullptr && row.type->id == id; };
    const auto found = std::ranges::find_if(m_rows, isOfIt);
    if (found == m_rows.end())
        return;
    const QModelIndex changed = index(int(found - m_rows.begin()));
    Q_EMIT dataChanged(changed, changed, {Qt::DecorationRole});
}

void OperationPaletteModel::clearThumbnails() {
    m_thumbnails.clear();
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0), index(int(m_rows.size()) - 1), {Qt::DecorationRole});
}

QModelIndex OperationPaletteModel::firstOperation() const {
    const auto found = std::ranges::find_if(m_rows, [](const Row &row) { return row.type != nullptr; });
    return found == m_rows.end() ? QModelIndex() : index(int(found - m_rows.begin()));
}

void OperationPaletteModel::rebuild(const QString &search) {
    m_rows.clear();
    if (search.trimmed().isEmpty())
        addCategories();
    else
        addAnswers(search);
}

void OperationPaletteModel::addCategories() {
    for (const OperationCategory category :
         {OperationCategory::Geometry, OperationCategory::Color, OperationCategory::Filter,
          OperationCategory::Policy, OperationCategory::Combination}) {
        m_rows.push_back({category, nullptr});
        for (const OperationType &type : operationTypes())
            if (type.category == category)
                m_rows.push_back({category, &type});
    }
}

/// The best match is first, whatever its category; equal matches keep the order of the palette.
void OperationPaletteModel::addAnswers(const QString &search) {
    std::vector<std::pair<SearchRank, Row>> answers;
    for (const OperationType &type : operationTypes())
        if (const auto rank = searchRank(type, search))
            answers.push_back({*rank, {type.category, &type}});
    std::ranges::stable_sort(answers, {}, [](const auto &answer) { return answer.first; });
    for (const auto &[rank, row] : answers)
        m_rows.push_back(row);
}

} // namespace simclr::ui

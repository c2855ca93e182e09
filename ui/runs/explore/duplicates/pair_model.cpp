// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/duplicates/pair_model.h"

#include "ui/runs/explore/gallery/gallery_item.h"
#include "ui/text/split_text.h"
#include "ui/widgets/plain_text.h"

namespace simclr::ui {

namespace {

std::uint32_t sampleOf(const ImagePair &pair, int column) {
    return column == PairModel::Second ? pair.second : pair.first;
}

QString textOf(const Dataset *dataset, const ImagePair &pair, int column) {
    switch (column) {
    case PairModel::Cosine:
        return decimalText(pair.cosine, 4);
    case PairModel::Splits: {
        const QString both =
            pair.firstSplit == pair.secondSplit
                ? splitText(pair.firstSplit)
                : PairModel::tr("%1 – %2").arg(splitText(pair.firstSplit), splitText(pair.secondSplit));
        return pair.isLeak ? PairModel::tr("%1: leak").arg(both) : both;
    }
    default:
        return imageText(dataset, sampleOf(pair, column));
    }
}

} // namespace

PairModel::PairModel(QObject *parent) : QAbstractTableModel(parent) {}

void PairModel::setAnswer(const DuplicatesPtr &answer) {
    beginResetModel();
    m_answer = answer;
    endResetModel();
}

std::function<std::vector<TableCell>(int row)> PairModel::cells() const {
    return [answer = m_answer](int row) {
        const ImagePair &pair = answer->pairs[std::size_t(row)];
        std::vector<TableCell> cells;
        for (int column = 0; column < columns; ++column)
            if (column == Cosine)
                cells.emplace_back(NumberCell{pair.cosine, {}, {}});
            else
                cells.emplace_back(textOf(answer->images.get(), pair, column).toStdString());
        return cells;
    };
}

int PairModel::rowCount(const QModelIndex &parent) const {
    return parent.isValid() || m_answer == nullptr ? 0 : int(m_answer->pairs.size());
}

int PairModel::columnCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : columns;
}

QVariant PairModel::data(const QModelIndex &index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ImagePair &each = pair(index.row());
    const bool isImage = index.column() <= Second;
    switch (role) {
    case Qt::DisplayRole:
        return textOf(dataset(), each, index.column());
    case Qt::UserRole:
        return index.column() == Cosine ? QVariant(double(each.cosine))
                                        : textOf(dataset(), each, index.column());
    case SampleRole:
        return isImage ? QVariant(sampleOf(each, index.column())) : QVariant();
    case ClassRole:
        return isImage && dataset()
                   ? QVariant(classText(dataset(), dataset()->label(sampleOf(each, index.column()))))
                   : QVariant();
    case Qt::ToolTipRole:
        return plainToolTip(details(each));
    case Qt::TextAlignmentRole:
        return QVariant((index.column() == Cosine ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    default:
        return {};
    }
}

QString PairModel::details(const ImagePair &pair) const {
    const QString both = textOf(dataset(), pair, First) + QChar('\n') + textOf(dataset(), pair, Second);
    return pair.isLeak
               ? both + QChar('\n') +
                     tr("Leak: the images are in different splits, so that what is measured on one was "
                        "seen in the other.")
               : both;
}

QVariant PairModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= columns)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case First:
        return tr("First image");
    case Second:
        return tr("Second image");
    case Cosine:
        return tr("Cosine");
    default:
        return tr("Splits");
    }
}

} // namespace simclr::ui

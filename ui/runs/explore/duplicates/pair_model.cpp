// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/duplicates/pair_model.h"

#include "ui/runs/explore/gallery/gallery_item.h"
#include "ui/widgets/plain_text.h"

namespace simclr::ui {

namespace {

std::uint32_t sampleOf(const ImagePair &pair, int column) {
    return column == PairModel::Second ? pair.second : pair.first;
}

} // namespace

PairModel::PairModel(QObject *parent) : QAbstractTableModel(parent) {}

void PairModel::setAnswer(const DuplicatesPtr &answer) {
    beginResetModel();
    m_answer = answer;
    endResetModel();
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
        return text(each, index.column());
    case Qt::UserRole:
        return index.column() == Cosine ? QVariant(double(each.cosine)) : text(each, index.column());
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

QString PairModel::text(const ImagePair &pair, int column) const {
    switch (column) {
    case Cosine:
        return decimalText(pair.cosine, 4);
    case Splits: {
        const QString both =
            pair.firstSplit == pair.secondSplit
                ? imageSplitText(pair.firstSplit)
                : tr("%1 – %2").arg(imageSplitText(pair.firstSplit), imageSplitText(pair.secondSplit));
        return pair.isLeak ? tr("%1: leak").arg(both) : both;
    }
    default:
        return imageText(dataset(), sampleOf(pair, column));
    }
}

QString PairModel::details(const ImagePair &pair) const {
    const QString both = text(pair, First) + QChar('\n') + text(pair, Second);
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

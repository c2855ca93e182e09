// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/data/duplicates/group_model.h"

#include "ui/widgets/plain_text.h"

#include <algorithm>

namespace simclr::ui {

namespace {

constexpr std::size_t mostNames = 20; ///< in a tooltip

} // namespace

GroupModel::GroupModel(QObject *parent) : QAbstractListModel(parent) {}

void GroupModel::setGroups(const DatasetPtr &dataset, const DuplicateImagesPtr &found,
                           const StudiedSplitsPtr &splits, bool onlyLeaks) {
    beginResetModel();
    m_dataset = dataset;
    m_found = found;
    m_splits = splits;
    m_rows.clear();
    if (found)
        for (const auto &group : found->groups)
            if (!onlyLeaks || isLeak(group))
                m_rows.push_back(&group);
    std::ranges::stable_partition(m_rows, [this](const auto *group) { return isLeak(*group); });
    endResetModel();
}

bool GroupModel::isLeak(const std::vector<std::uint32_t> &group) const {
    return m_splits && simclr::isLeak(group, m_splits->splitOfEach);
}

QString GroupModel::splitText(std::uint32_t sample) const {
    return m_splits ? studiedSplitText(m_splits->of(sample)) : QString();
}

int GroupModel::rowCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant GroupModel::data(const QModelIndex &index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole && role != Qt::ToolTipRole)
        return {};
    const std::vector<std::uint32_t> &samples = group(index.row());
    QStringList lines;
    for (std::size_t i = 0; i < std::min(mostNames, samples.size()); ++i)
        lines.append(tr("%1 (%2)").arg(QString::fromStdString(m_dataset->sampleName(samples[i])),
                                       splitText(samples[i])));
    if (samples.size() > mostNames)
        lines.append(tr("and %1 more").arg(countText(samples.size() - mostNames)));
    const QString text = lines.join(QChar('\n'));
    return role == Qt::ToolTipRole ? plainToolTip(text) : text;
}

} // namespace simclr::ui

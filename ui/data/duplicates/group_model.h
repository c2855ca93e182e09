// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/data/data_study.h"

#include <QAbstractListModel>
#include <vector>

namespace simclr::ui {

/// Groups of near-duplicates, a row each: those between splits first. Owned by the DuplicatesPanel; UI
/// thread.
class GroupModel : public QAbstractListModel {
    Q_OBJECT
  public:
    explicit GroupModel(QObject *parent = nullptr);

    /// `onlyLeaks`: only groups with images that are trained on and others that are held out. Null splits:
    /// all groups, in the order of their images.
    void setGroups(const DatasetPtr &dataset, const DuplicateImagesPtr &found, const StudiedSplitsPtr &splits,
                   bool onlyLeaks);
    const std::vector<std::uint32_t> &group(int row) const { return *m_rows[std::size_t(row)]; }
    /// "training", …, of an image.
    QString splitText(std::uint32_t sample) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    /// The names of the images, a line each, with their splits.
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

  private:
    bool isLeak(const std::vector<std::uint32_t> &group) const;

    DatasetPtr m_dataset;
    DuplicateImagesPtr m_found;
    StudiedSplitsPtr m_splits;
    std::vector<const std::vector<std::uint32_t> *> m_rows;
};

} // namespace simclr::ui

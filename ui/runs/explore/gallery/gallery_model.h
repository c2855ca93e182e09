// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/runs/explore/gallery/gallery_item.h"

#include <QAbstractListModel>
#include <vector>

namespace simclr::ui {

/// The images of an ImageGallery as texts: the class, below it wrong predictions, and the note. Owned by the
/// ImageGallery; UI thread.
class GalleryModel : public QAbstractListModel {
    Q_OBJECT
  public:
    enum Mark { NoMark, Right, Wrong };
    enum Role { PredictionRole = Qt::UserRole + 1, NoteRole, MarkRole, SampleRole };

    explicit GalleryModel(QObject *parent = nullptr);

    void setItems(std::vector<GalleryItem> items);
    const std::vector<GalleryItem> &items() const { return m_items; }
    /// Gives names to classes and images; null: they have numbers.
    void setDataset(const DatasetPtr &dataset);
    /// Whether any item has a wrong prediction, or a note.
    bool hasPredictions() const { return m_hasPredictions; }
    bool hasNotes() const { return m_hasNotes; }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

  private:
    QString firstLine(const GalleryItem &item) const;
    QStringList predictions(const GalleryItem &item) const;
    QString predictionLine(const GalleryItem &item) const;
    QString details(const GalleryItem &item) const;
    int labelOf(const GalleryItem &item) const;

    std::vector<GalleryItem> m_items;
    DatasetPtr m_dataset;
    bool m_hasPredictions = false;
    bool m_hasNotes = false;
};

} // namespace simclr::ui

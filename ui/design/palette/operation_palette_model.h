// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/operation.h"

#include <QAbstractListModel>
#include <QHash>
#include <QImage>
#include <vector>

namespace simclr::ui {

/// All operations as one list under the headings of their categories, or those that match a search text, the
/// best match first (SearchRank); each with a thumbnail of its effect, once it is ready. Owned by the
/// OperationPalette; UI thread.
class OperationPaletteModel : public QAbstractListModel {
    Q_OBJECT
  public:
    /// CombinationRole: whether it combines other operations, and therefore has no thumbnail.
    enum Role { OperationRole = Qt::UserRole, HeadingRole, CombinationRole };

    explicit OperationPaletteModel(QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QStringList mimeTypes() const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override;

    /// Keeps the operations that match `text`, the best match first and without headings; an empty text keeps
    /// all of them under their headings.
    void setSearch(const QString &text);
    /// DecorationRole of an operation; kept whether or not the search currently shows it.
    void setThumbnail(const QString &operation, const QImage &thumbnail);
    void clearThumbnails();
    /// The first row that is an operation, or an invalid index.
    QModelIndex firstOperation() const;

    /// MIME type of a dragged operation; the data is the operation's id.
    static QString operationMimeType();

  private:
    /// An operation, or the heading of a category if `type` is null.
    struct Row {
        OperationCategory category;
        const OperationType *type;
    };

    void rebuild(const QString &search);
    void addCategories();
    void addAnswers(const QString &search);

    std::vector<Row> m_rows;
    QHash<QString, QImage> m_thumbnails;
};

} // namespace simclr::ui

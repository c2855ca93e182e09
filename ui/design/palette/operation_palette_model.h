// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/operation.h"

#include <QAbstractListModel>
#include <QHash>
#include <QImage>
#include <vector>

namespace simclr::ui {

/// The operations that there are, as one list under the headings of their categories, or those that answer a
/// search text, the best first (SearchRank); each with a picture of what it does, once there is one. Owned by
/// the OperationPalette; UI thread.
class OperationPaletteModel : public QAbstractListModel {
    Q_OBJECT
  public:
    /// CombinationRole: whether it combines other operations, and so never has a picture.
    enum Role { OperationRole = Qt::UserRole, HeadingRole, CombinationRole };

    explicit OperationPaletteModel(QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QStringList mimeTypes() const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override;

    /// Keeps the operations that answer `text`, the best answer first and without headings; all of them under
    /// their headings where it is empty.
    void setSearch(const QString &text);
    /// What DecorationRole gives for an operation; kept whether or not the search shows it now.
    void setThumbnail(const QString &operation, const QImage &thumbnail);
    void clearThumbnails();
    /// The first row that is an operation, or an invalid index.
    QModelIndex firstOperation() const;

    /// What a dragged operation is called among other data; its bytes are the operation's id.
    static QString operationMimeType();

  private:
    /// An operation, or the heading of a category where `type` is null.
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

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/image.h"

#include <QWidget>
#include <functional>

class QLabel;
class QLineEdit;
class QListView;
class QModelIndex;

namespace simclr::ui {

class OperationPaletteModel;
class OperationThumbnails;

/// All operations: a search field over a list. A double click, Enter, the "+" of a row, or dragging a row
/// into the pipeline adds it. Each shows its effect on an image; nothing is rendered before the palette is
/// visible. Owned by the DesignPage; UI thread.
class OperationPalette : public QWidget {
    Q_OBJECT
  public:
    explicit OperationPalette(QWidget *parent = nullptr);

    /// The image that the thumbnails show; empty for none.
    void setImage(const Image &image);

    bool eventFilter(QObject *watched, QEvent *event) override;

  Q_SIGNALS:
    void operationChosen(const QString &operation);

  protected:
    void showEvent(QShowEvent *event) override;

  private:
    /// Runs `draw` now if the palette is visible, otherwise once it is shown.
    void drawWhenSeen(std::function<void()> draw);
    void search(const QString &text);
    void choose(const QModelIndex &index);

    OperationPaletteModel *m_model;
    QLineEdit *m_search;
    QListView *m_list;
    QLabel *m_nothing;
    OperationThumbnails *m_thumbnails;
    std::function<void()> m_waiting;
};

} // namespace simclr::ui

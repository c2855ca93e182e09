// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QAction;
class QMenu;
class QToolButton;

namespace simclr::ui {

class PreviewPages;

/// Copies the visible preview to the clipboard or saves it to a file, as one picture; with the context menu
/// of the preview and Ctrl+C in it. Owned by the PreviewPanel; UI thread.
class PreviewPicture : public QObject {
    Q_OBJECT
  public:
    explicit PreviewPicture(PreviewPages &pages);

    /// New buttons for both, without a parent.
    QToolButton *makeCopyButton();
    QToolButton *makeSaveButton();

    void copy();
    /// Asks for a file and suggests a name.
    void save();
    void saveTo(const QString &file);
    /// The suggested file name; may contain any characters.
    void setName(const QString &name) { m_name = name; }

  Q_SIGNALS:
    /// A sentence that names the file.
    void saved(const QString &what);
    void failed(const QString &reason);

  private:
    QString suggestedFile() const;

    PreviewPages &m_pages;
    QMenu *m_menu;
    QAction *m_copy;
    QAction *m_save;
    QString m_name;
};

} // namespace simclr::ui

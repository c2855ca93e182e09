// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTextBrowser>

namespace simclr::ui {

/// Shows a note of a user: Markdown with headings, lists, emphasis and code. HTML in it is text, pictures are
/// not loaded, and links do nothing, because notes come from databases of other people too.
class NoteView : public QTextBrowser {
    Q_OBJECT
  public:
    explicit NoteView(QWidget *parent = nullptr);

    void setNote(const QString &markdown);

  protected:
    QVariant loadResource(int type, const QUrl &name) override;
};

} // namespace simclr::ui

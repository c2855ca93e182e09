// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/note_view.h"

#include <QTextDocument>

namespace simclr::ui {

NoteView::NoteView(QWidget *parent) : QTextBrowser(parent) {
    setAccessibleName(tr("Note"));
    setOpenLinks(false);
    setOpenExternalLinks(false);
    setFrameShape(QFrame::NoFrame);
}

void NoteView::setNote(const QString &markdown) {
    document()->setMarkdown(markdown, QTextDocument::MarkdownNoHTML);
}

QVariant NoteView::loadResource(int, const QUrl &) {
    return {};
}

} // namespace simclr::ui

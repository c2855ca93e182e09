// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/table/filter_line.h"

#include "ui/widgets/theme.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QPainter>
#include <QStringListModel>
#include <algorithm>
#include <utility>

namespace simclr::ui {

namespace {

constexpr int mostVisible = 12;

} // namespace

FilterLine::FilterLine(QWidget *parent)
    : QLineEdit(parent), m_completer(new QCompleter(this)), m_texts(new QStringListModel(this)) {
    m_completer->setWidget(this);
    m_completer->setModel(m_texts);
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_completer->setMaxVisibleItems(mostVisible);
    connect(m_completer, qOverload<const QString &>(&QCompleter::activated), this, &FilterLine::insert);
    connect(this, &QLineEdit::textEdited, this, [this] { complete(false); });
}

void FilterLine::setCompletions(std::function<FilterCompletions(const QString &, int)> complete) {
    m_complete = std::move(complete);
}

/// Unless it `isWanted` by a key, only while a word is typed.
void FilterLine::complete(bool isWanted) {
    if (!m_complete)
        return;
    m_offered = m_complete(text(), cursorPosition());
    const bool isComplete = m_offered.texts.size() == 1 &&
                            m_offered.texts.front() == text().mid(m_offered.from, m_offered.length);
    if (m_offered.texts.isEmpty() || isComplete || (!isWanted && m_offered.length == 0)) {
        m_completer->popup()->hide();
        return;
    }
    m_texts->setStringList(m_offered.texts);
    m_completer->popup()->setCurrentIndex({});
    m_completer->complete();
}

void FilterLine::insert(const QString &completion) {
    QString line = text();
    line.replace(m_offered.from, m_offered.length, completion + QLatin1Char(' '));
    setText(line);
    setCursorPosition(m_offered.from + static_cast<int>(completion.size()) + 1);
}

/// While the completions are open, they take the keys that choose one; Ctrl+Space opens them.
void FilterLine::keyPressEvent(QKeyEvent *event) {
    if (event->key() == Qt::Key_Space && event->modifiers() == Qt::ControlModifier) {
        complete(true);
        return;
    }
    const bool chooses = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter ||
                         event->key() == Qt::Key_Tab || event->key() == Qt::Key_Escape;
    if (chooses && m_completer->popup()->isVisible()) {
        event->ignore(); // for the completer
        return;
    }
    QLineEdit::keyPressEvent(event);
}

void FilterLine::mark(int from, int length) {
    if (std::exchange(m_markFrom, from) == from && std::exchange(m_markLength, length) == length)
        return;
    m_markLength = length;
    update();
}

/// Below the characters, as far as they are in view.
void FilterLine::paintEvent(QPaintEvent *event) {
    QLineEdit::paintEvent(event);
    if (m_markLength == 0)
        return;
    const QString line = text();
    const int cursor = cursorRect().center().x();
    const int before = fontMetrics().horizontalAdvance(line.left(cursorPosition()));
    const int left = cursor - before + fontMetrics().horizontalAdvance(line.left(m_markFrom));
    const int width = std::max(fontMetrics().averageCharWidth(),
                               fontMetrics().horizontalAdvance(line.mid(m_markFrom, m_markLength)));
    const QRect inner = contentsRect().adjusted(2, 0, -2, 0);
    QPainter painter(this);
    painter.setClipRect(inner);
    painter.fillRect(left, inner.bottom() - 3, width, 2, theme::danger());
}

} // namespace simclr::ui

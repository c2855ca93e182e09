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
    connect(this, &QLineEdit::textEdited, this, [this](const QString &line) {
        m_edited = line; // textChanged() follows, but it comes before if the line was cleared
        complete(false);
    });
    connect(this, &QLineEdit::textChanged, this, [this](const QString &line) {
        m_isTyped = m_edited == line && !line.isEmpty();
        m_edited.reset();
    });
    connect(this, &QLineEdit::returnPressed, this, [this] {
        m_isTyped = false;
        Q_EMIT confirmed();
    });
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
    m_edited = line;
    setText(line);
    m_edited.reset(); // also if the text is the same, which nothing tells
    setCursorPosition(m_offered.from + static_cast<int>(completion.size()) + 1);
}

/// The first completion is the current one at once, but selected only by the user.
bool FilterLine::hasChosen() const {
    const QAbstractItemView &popup = *m_completer->popup();
    return popup.selectionModel()->isSelected(popup.currentIndex());
}

/// While the completions are open, they take the keys that choose one; Ctrl+Space opens them.
void FilterLine::keyPressEvent(QKeyEvent *event) {
    if (event->key() == Qt::Key_Space && event->modifiers() == Qt::ControlModifier) {
        complete(true);
        return;
    }
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    const bool chooses = isEnter || event->key() == Qt::Key_Tab || event->key() == Qt::Key_Escape;
    if (m_completer->popup()->isVisible() && chooses) {
        if (!isEnter || hasChosen()) {
            event->ignore(); // for the completer
            return;
        }
        m_completer->popup()->hide();
    }
    QLineEdit::keyPressEvent(event);
}

void FilterLine::mark(int from, int length) {
    if (std::exchange(m_markFrom, from) == from && std::exchange(m_markLength, length) == length)
        return;
    m_markLength = length;
    update();
}

void FilterLine::offerSearch(const QString &word) {
    const QString offer = word.isEmpty() ? QString() : tr("Enter: search for “%1”").arg(word);
    if (std::exchange(m_offer, offer) == offer)
        return;
    setAccessibleDescription(offer);
    update();
}

void FilterLine::paintEvent(QPaintEvent *event) {
    QLineEdit::paintEvent(event);
    QPainter painter(this);
    painter.setClipRect(contentsRect().adjusted(2, 0, -2, 0));
    if (m_markLength > 0)
        paintMark(painter);
    if (!m_offer.isEmpty())
        paintOffer(painter);
}

/// The left edge of a character, as far as it is in view.
int FilterLine::xOf(qsizetype character) const {
    const QFontMetrics metrics = fontMetrics();
    const int before = metrics.horizontalAdvance(text().left(cursorPosition()));
    return cursorRect().center().x() - before + metrics.horizontalAdvance(text().left(character));
}

/// Below the characters.
void FilterLine::paintMark(QPainter &painter) const {
    const int width = std::max(fontMetrics().averageCharWidth(),
                               fontMetrics().horizontalAdvance(text().mid(m_markFrom, m_markLength)));
    painter.fillRect(xOf(m_markFrom), contentsRect().bottom() - 3, width, 2, theme::danger());
}

/// After the text, before the button that clears it.
void FilterLine::paintOffer(QPainter &painter) const {
    const int distance = 3 * fontMetrics().averageCharWidth();
    QRect place = contentsRect();
    place.setLeft(xOf(text().size()) + distance);
    place.setRight(place.right() - fontMetrics().height() * 2);
    painter.setPen(theme::mutedText());
    painter.drawText(place, Qt::AlignVCenter | Qt::AlignLeft,
                     fontMetrics().elidedText(m_offer, Qt::ElideRight, place.width()));
}

} // namespace simclr::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/inline_message.h"

#include "ui/widgets/style_painting.h"
#include "ui/widgets/text_labels.h"
#include "ui/widgets/theme.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

namespace simclr::ui {

InlineMessage::InlineMessage(QWidget *parent)
    : QFrame(parent),
      m_icon(new QWidget),
      m_text(plainLabel()),
      m_action(new QPushButton),
      m_secondAction(new QPushButton) {
    m_icon->setFixedSize(18, 18);
    m_text->setObjectName(QStringLiteral("messageText"));
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_action->setObjectName(QStringLiteral("messageAction"));
    m_action->hide();
    m_secondAction->setObjectName(QStringLiteral("messageSecondAction"));
    m_secondAction->hide();
    auto *close = new QToolButton;
    close->setObjectName(QStringLiteral("messageClose"));
    close->setIcon(theme::icon(QStringLiteral("window-close")));
    close->setToolTip(tr("Close this message"));
    close->setAccessibleName(tr("Close this message"));
    close->setAutoRaise(true);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(10, 7, 6, 7);
    row->addWidget(m_icon, 0, Qt::AlignTop);
    row->addWidget(m_text, 1);
    row->addWidget(m_action, 0, Qt::AlignTop);
    row->addWidget(m_secondAction, 0, Qt::AlignTop);
    row->addWidget(close, 0, Qt::AlignTop);
    connect(close, &QToolButton::clicked, this, &InlineMessage::clear);
    connect(m_action, &QPushButton::clicked, this, &InlineMessage::actionRequested);
    connect(m_secondAction, &QPushButton::clicked, this, &InlineMessage::secondActionRequested);
    QFrame::hide();
}

void InlineMessage::showText(Tone tone, const QString &text, const QString &action,
                             const QString &secondAction) {
    m_tone = tone;
    m_text->setText(text);
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
    m_secondAction->setText(secondAction);
    m_secondAction->setVisible(!secondAction.isEmpty());
    setVisible(!text.isEmpty());
    update();
}

void InlineMessage::clear() {
    showText(m_tone, {});
}

QString InlineMessage::text() const {
    return m_text->text();
}

QColor InlineMessage::color() const {
    switch (m_tone) {
    case Tone::Done:
        return theme::accent();
    case Tone::Warning:
        return theme::warning();
    case Tone::Error:
        break;
    }
    return theme::danger();
}

void InlineMessage::paintEvent(QPaintEvent *) {
    QPainter painter(this);
    QColor ground = color();
    ground.setAlpha(26);
    QColor line = color();
    line.setAlpha(120);
    painting::box(&painter, QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), ground, line, 6);
    const QRectF sign(m_icon->geometry());
    painting::box(&painter, sign.adjusted(1, 1, -1, -1), color(), {}, 8);
    QFont bold = font();
    bold.setWeight(QFont::Bold);
    painter.setFont(bold);
    painter.setPen(theme::raised());
    painter.drawText(sign, Qt::AlignCenter, m_tone == Tone::Done ? QStringLiteral("✓") : QStringLiteral("!"));
}

} // namespace simclr::ui

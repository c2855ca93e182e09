// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/empty_state.h"

#include "ui/widgets/text_labels.h"
#include "ui/widgets/theme.h"

#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace simclr::ui {

namespace {

/// A large, faint icon that follows the theme.
class FaintIcon : public QWidget {
  public:
    FaintIcon(QString name, QWidget *parent) : QWidget(parent), m_name(std::move(name)) {
        setFixedSize(48, 48);
    }

  protected:
    void paintEvent(QPaintEvent *) override {
        QPainter painter(this);
        painter.setOpacity(0.45);
        theme::icon(m_name).paint(&painter, rect());
    }

  private:
    QString m_name;
};

QLabel *wrapped(QLabel *label) {
    label->setWordWrap(true);
    label->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    label->setMinimumWidth(280);
    label->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    return label;
}

} // namespace

EmptyState::EmptyState(const QString &iconName, const QString &title, const QString &text, QWidget *parent)
    : QWidget(parent),
      m_title(wrapped(titleLabel(title))),
      m_text(wrapped(mutedLabel(text))),
      m_action(new QPushButton) {
    m_title->setObjectName(QStringLiteral("emptyTitle"));
    m_text->setObjectName(QStringLiteral("emptyText"));
    m_action->setObjectName(QStringLiteral("emptyAction"));
    m_action->setDefault(true);
    m_action->hide();
    auto *body = new QWidget;
    body->setMaximumWidth(420);
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(10);
    column->addWidget(new FaintIcon(iconName, this), 0, Qt::AlignHCenter);
    column->addWidget(m_title);
    column->addWidget(m_text);
    column->addSpacing(4);
    column->addWidget(m_action, 0, Qt::AlignHCenter);
    auto *row = new QHBoxLayout;
    row->addStretch(1);
    row->addWidget(body, 20);
    row->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->addStretch(2);
    layout->addLayout(row);
    layout->addStretch(3);
    connect(m_action, &QPushButton::clicked, this, &EmptyState::actionRequested);
}

void EmptyState::setTexts(const QString &title, const QString &text) {
    m_title->setText(title);
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
}

void EmptyState::setAction(const QString &text) {
    m_action->setText(text);
    m_action->setToolTip(text);
    m_action->setVisible(!text.isEmpty());
}

} // namespace simclr::ui

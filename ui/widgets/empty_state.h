// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace simclr::ui {

/// Placeholder for empty content: an icon, a text on what will appear here, and an optional action. Owned by
/// its parent; UI thread.
class EmptyState : public QWidget {
    Q_OBJECT
  public:
    EmptyState(const QString &iconName, const QString &title, const QString &text, QWidget *parent = nullptr);

    void setTexts(const QString &title, const QString &text);
    /// Shows a button that emits actionRequested(); an empty text hides it.
    void setAction(const QString &text);

  Q_SIGNALS:
    void actionRequested();

  private:
    QLabel *m_title;
    QLabel *m_text;
    QPushButton *m_action;
};

} // namespace simclr::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

namespace simclr::ui {

/// A raised surface with round corners that groups widgets. It shows the keyboard focus only if it is
/// focusable itself. Owned by its parent; UI thread.
class Card : public QFrame {
    Q_OBJECT
  public:
    explicit Card(QWidget *parent = nullptr);

    /// Paints an accent border, for the card that is selected or edited.
    void setHighlighted(bool highlighted);

  protected:
    void paintEvent(QPaintEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

  private:
    bool m_highlighted = false;
};

} // namespace simclr::ui

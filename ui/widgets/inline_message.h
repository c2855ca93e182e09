// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLabel;
class QPushButton;

namespace simclr::ui {

/// A message within a page: an error and what was kept, or a result with follow-up actions. Hidden until
/// there is a text; the user can close it. Owned by its parent; UI thread.
class InlineMessage : public QFrame {
    Q_OBJECT
  public:
    enum class Tone { Done, Warning, Error };

    explicit InlineMessage(QWidget *parent = nullptr);

    /// `action` and `secondAction` are the titles of buttons; empty: none.
    void showText(Tone tone, const QString &text, const QString &action = {},
                  const QString &secondAction = {});
    void clear();
    QString text() const;

  Q_SIGNALS:
    void actionRequested();
    void secondActionRequested();

  protected:
    void paintEvent(QPaintEvent *event) override;

  private:
    QColor color() const;

    Tone m_tone = Tone::Error;
    QWidget *m_icon;
    QLabel *m_text;
    QPushButton *m_action;
    QPushButton *m_secondAction;
};

} // namespace simclr::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLabel;

namespace simclr::ui {

/// A sentence in the page where something happened: what went wrong, and what was kept. Hidden until there is
/// one; the person may close it. Owned by its parent; UI thread.
class InlineMessage : public QFrame {
    Q_OBJECT
  public:
    enum class Tone { Warning, Error };

    explicit InlineMessage(QWidget *parent = nullptr);

    void showText(Tone tone, const QString &text);
    void clear();
    QString text() const;

  protected:
    void paintEvent(QPaintEvent *event) override;

  private:
    QColor color() const;

    Tone m_tone = Tone::Error;
    QWidget *m_icon;
    QLabel *m_text;
};

} // namespace simclr::ui

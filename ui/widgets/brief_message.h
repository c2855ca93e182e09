// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>
#include <chrono>

class QLabel;

namespace simclr::ui {

/// Shows in a label what has just been done: until the user does something else in one of the watched
/// widgets, for some seconds at most. Owned by the page; UI thread.
class BriefMessage : public QObject {
    Q_OBJECT
  public:
    static constexpr std::chrono::seconds duration{12};

    explicit BriefMessage(QLabel &label, QObject *parent = nullptr);

    /// An empty text hides the label.
    void show(const QString &text);
    /// A key or a mouse button that is pressed in this widget hides the label.
    void endOn(QWidget &widget);

    bool eventFilter(QObject *watched, QEvent *event) override;

  private:
    QLabel &m_label;
    QTimer m_end;
};

} // namespace simclr::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QPointer>

class QLabel;
class QVBoxLayout;

namespace simclr::ui {

/// Messages over the edge of a widget: they come and go without moving what is below them. Visible while one
/// of its messages is. Owned by the page; UI thread.
class MessageOverlay : public QFrame {
    Q_OBJECT
  public:
    enum class Edge { Top, Bottom };

    /// Over this edge of `anchor`, a widget in `page`; while the anchor is hidden, of the page.
    MessageOverlay(QWidget &page, QWidget &anchor, Edge edge);

    /// Takes a message that shows and hides itself.
    void add(QWidget &message);
    /// The same, with a button that hides the message.
    void addClosable(QLabel &message);

    bool eventFilter(QObject *watched, QEvent *event) override;

  protected:
    void paintEvent(QPaintEvent *event) override;

  private:
    bool hasMessage() const;
    void place();

    QWidget &m_page;
    QPointer<QWidget> m_anchor; ///< deleted before the page
    Edge m_edge;
    QVBoxLayout *m_column;
};

} // namespace simclr::ui

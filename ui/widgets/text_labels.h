// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>

namespace simclr::ui {

/// A label that shows its text as it is, whatever it holds.
QLabel *plainLabel(const QString &text = {}, QWidget *parent = nullptr);

/// A plain label in the muted colour, for what is secondary; follows the theme.
QLabel *mutedLabel(const QString &text = {}, QWidget *parent = nullptr);

/// A small muted heading above a group of things.
QLabel *headingLabel(const QString &text, QWidget *parent = nullptr);

/// The title of a page or a popover.
QLabel *titleLabel(const QString &text, QWidget *parent = nullptr);

/// A one-line label that cuts a long text with "…" in the middle and tells the whole in its tooltip.
class ElidedLabel : public QLabel {
    Q_OBJECT
  public:
    explicit ElidedLabel(const QString &text = {}, QWidget *parent = nullptr);
    QSize minimumSizeHint() const override;

  protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

  private:
    bool m_isCut = false;
};

} // namespace simclr::ui

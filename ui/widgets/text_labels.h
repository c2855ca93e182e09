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

/// A plain label that shows the value of what its accessible name says; screen readers hear both.
QLabel *valueLabel(const QString &accessibleName, QWidget *parent = nullptr);

/// A one-line label that cuts a long text with "…" in the middle and tells the whole in its tooltip.
class ElidedLabel : public QLabel {
    Q_OBJECT
  public:
    explicit ElidedLabel(const QString &text = {}, QWidget *parent = nullptr);
    QSize minimumSizeHint() const override;
    /// In the muted colour of whichever theme is shown: quieter than its surroundings, and still read easily,
    /// unlike disabled text.
    void setMuted(bool muted);

  protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

  private:
    void tint();

    bool m_isCut = false;
    bool m_isMuted = false;
};

} // namespace simclr::ui

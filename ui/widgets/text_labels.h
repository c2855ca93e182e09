// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>

namespace simclr::ui {

/// A label that shows its text literally, without markup.
QLabel *plainLabel(const QString &text = {}, QWidget *parent = nullptr);

/// A plain label in the muted colour, for secondary text; follows the theme.
QLabel *mutedLabel(const QString &text = {}, QWidget *parent = nullptr);

/// A small muted heading above a group of widgets.
QLabel *headingLabel(const QString &text, QWidget *parent = nullptr);

/// The title of a page or a popover.
QLabel *titleLabel(const QString &text, QWidget *parent = nullptr);

/// A plain label for a value that its accessible name describes; screen readers read both.
QLabel *valueLabel(const QString &accessibleName, QWidget *parent = nullptr);

/// A one-line label that elides a long text with "…" in the middle and shows the full text as tooltip.
class ElidedLabel : public QLabel {
    Q_OBJECT
  public:
    explicit ElidedLabel(const QString &text = {}, QWidget *parent = nullptr);
    QSize minimumSizeHint() const override;
    /// Uses the muted colour of the current theme: less prominent, but easier to read than disabled text.
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

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/text_labels.h"

#include "ui/widgets/plain_text.h"
#include "ui/widgets/spoken.h"
#include "ui/widgets/theme.h"

#include <QHelpEvent>
#include <QPainter>
#include <QStyle>
#include <QToolTip>

namespace simclr::ui {

namespace {

/// A label in the muted colour of the current theme.
class MutedLabel : public QLabel {
  public:
    MutedLabel(const QString &text, QWidget *parent) : QLabel(text, parent) {
        setTextFormat(Qt::PlainText);
        tint();
    }

  protected:
    void changeEvent(QEvent *event) override {
        if (event->type() == QEvent::StyleChange || event->type() == QEvent::ApplicationPaletteChange)
            tint();
        QLabel::changeEvent(event);
    }

  private:
    void tint() {
        if (palette().color(QPalette::WindowText) == theme::mutedText())
            return;
        QPalette muted = palette();
        muted.setColor(QPalette::WindowText, theme::mutedText());
        setPalette(muted);
    }
};

class ValueLabel : public QLabel, public Spoken {
  public:
    explicit ValueLabel(QWidget *parent) : QLabel(parent) { setTextFormat(Qt::PlainText); }

    QAccessible::Role spokenRole() const override { return QAccessible::StaticText; }
    QString spokenValue() const override { return text(); }
};

QFont scaled(QFont font, qreal factor, QFont::Weight weight) {
    font.setPointSizeF(font.pointSizeF() * factor);
    font.setWeight(weight);
    return font;
}

} // namespace

QLabel *plainLabel(const QString &text, QWidget *parent) {
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    return label;
}

QLabel *mutedLabel(const QString &text, QWidget *parent) {
    return new MutedLabel(text, parent);
}

QLabel *valueLabel(const QString &accessibleName, QWidget *parent) {
    auto *label = new ValueLabel(parent);
    label->setAccessibleName(accessibleName);
    return label;
}

QLabel *headingLabel(const QString &text, QWidget *parent) {
    QLabel *label = mutedLabel(text, parent);
    label->setFont(scaled(label->font(), 0.92, QFont::DemiBold));
    return label;
}

QLabel *titleLabel(const QString &text, QWidget *parent) {
    QLabel *label = plainLabel(text, parent);
    label->setFont(scaled(label->font(), 1.2, QFont::DemiBold));
    return label;
}

ElidedLabel::ElidedLabel(const QString &text, QWidget *parent) : QLabel(text, parent) {
    setTextFormat(Qt::PlainText);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

QSize ElidedLabel::minimumSizeHint() const {
    return {40, QLabel::minimumSizeHint().height()};
}

void ElidedLabel::setMuted(bool muted) {
    m_isMuted = muted;
    tint();
}

void ElidedLabel::tint() {
    const QColor wanted = m_isMuted ? theme::mutedText() : QPalette().color(QPalette::WindowText);
    if (palette().color(QPalette::WindowText) == wanted)
        return;
    QPalette tinted = palette();
    tinted.setColor(QPalette::WindowText, wanted);
    setPalette(m_isMuted ? tinted : QPalette());
}

void ElidedLabel::changeEvent(QEvent *event) {
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::ApplicationPaletteChange)
        tint();
    QLabel::changeEvent(event);
}

/// The full text, followed by the tooltip that was set.
bool ElidedLabel::event(QEvent *event) {
    if (event->type() != QEvent::ToolTip || !m_isCut)
        return QLabel::event(event);
    const QString help = toolTip().isEmpty() ? QString() : QLatin1Char('\n') + toolTip();
    QToolTip::showText(static_cast<QHelpEvent *>(event)->globalPos(), plainToolTip(text() + help), this);
    return true;
}

void ElidedLabel::paintEvent(QPaintEvent *) {
    QPainter painter(this);
    const QString cut = fontMetrics().elidedText(text(), Qt::ElideMiddle, contentsRect().width());
    m_isCut = cut != text();
    style()->drawItemText(&painter, contentsRect(), int(alignment()), palette(), isEnabled(), cut,
                          QPalette::WindowText);
}

} // namespace simclr::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/curve_header.h"

#include "ui/plots/line_sample.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/tool_buttons.h"

#include <QMouseEvent>
#include <QPainter>
#include <utility>

namespace simclr::ui {

namespace {

constexpr int margin = 8;
constexpr int buttonSide = 20;

QString legendOf(const CurveStyle &curve) {
    return curve.legend.value_or(curve.name);
}

QFont titleFont(const QFont &base) {
    QFont font = base;
    font.setWeight(QFont::DemiBold);
    return font;
}

/// Not reachable by Tab: both actions have their own keys.
QToolButton *smallButton(const QString &name, const QString &icon, const QString &toolTip, QWidget *parent) {
    QToolButton *button = iconButton(name, icon, toolTip, parent);
    button->setFixedSize(buttonSide, buttonSide);
    button->setIconSize(QSize(14, 14));
    button->setFocusPolicy(Qt::NoFocus);
    return button;
}

} // namespace

CurveHeader::CurveHeader(const QString &title, QWidget *parent)
    : QWidget(parent),
      m_title(title),
      m_reset(smallButton(QStringLiteral("plotReset"), QStringLiteral("zoom-fit-best"),
                          tr("Show all data (Home)"), this)),
      m_save(smallButton(QStringLiteral("plotSave"), QStringLiteral("document-save"),
                         tr("Save as picture or CSV"), this)) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setObjectName(QStringLiteral("plotHeader"));
    setMouseTracking(true);
}

void CurveHeader::showButtons(bool shown) {
    m_reset->setVisible(shown);
    m_save->setVisible(shown);
}

int CurveHeader::textEnd() const {
    return width() - margin - 2 * buttonSide;
}

void CurveHeader::setTitle(const QString &title) {
    m_title = title;
    arrange();
}

void CurveHeader::setCurves(const QList<CurveStyle> &curves) {
    m_curves = curves;
    m_hidden.resize(curves.size());
    m_hovered = -1;
    QStringList names;
    for (const CurveStyle &curve : curves)
        names.append(curve.name);
    setAccessibleDescription(names.join(QStringLiteral(", ")));
    arrange();
}

void CurveHeader::setHidden(int curve, bool isHidden) {
    m_hidden[curve] = isHidden;
    update();
}

int CurveHeader::entryAt(const QPoint &place) const {
    for (const Entry &entry : m_entries)
        if (entry.place.contains(place))
            return entry.curve;
    return -1;
}

void CurveHeader::hover(int curve) {
    if (std::exchange(m_hovered, curve) == curve)
        return;
    setCursor(curve < 0 ? Qt::ArrowCursor : Qt::PointingHandCursor);
    Q_EMIT hovered(curve);
}

void CurveHeader::mouseMoveEvent(QMouseEvent *event) {
    hover(entryAt(event->position().toPoint()));
}

void CurveHeader::leaveEvent(QEvent *) {
    hover(-1);
}

void CurveHeader::mouseReleaseEvent(QMouseEvent *event) {
    const int curve = entryAt(event->position().toPoint());
    if (event->button() != Qt::LeftButton || curve < 0)
        return QWidget::mouseReleaseEvent(event);
    Q_EMIT toggled(curve);
}

int CurveHeader::lineHeight() const {
    return fontMetrics().height() + 8;
}

QSize CurveHeader::sizeHint() const {
    return {240, m_hasTwoLines ? 2 * lineHeight() - 8 : lineHeight()};
}

QSize CurveHeader::minimumSizeHint() const {
    return {60, sizeHint().height()};
}

void CurveHeader::resizeEvent(QResizeEvent *event) {
    QWidget::resizeEvent(event);
    m_save->move(width() - 4 - buttonSide, 1);
    m_reset->move(m_save->x() - buttonSide, 1);
    arrange();
}

void CurveHeader::arrange() {
    const int legend = legendWidth(wide);
    const bool hadTwoLines = m_hasTwoLines;
    m_hasTwoLines = legend > 0 && margin + titleWidth() + wide.entry + legend > textEnd();
    if (m_hasTwoLines != hadTwoLines)
        updateGeometry();
    update();
}

const CurveHeader::Spacing &CurveHeader::spacing() const {
    return m_hasTwoLines ? narrow : wide;
}

int CurveHeader::titleWidth() const {
    return QFontMetrics(titleFont(font())).horizontalAdvance(m_title);
}

void CurveHeader::paintEvent(QPaintEvent *) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintTitle(painter);
    if (m_hasTwoLines)
        return paintLegend(painter, margin, lineHeight() - 8);
    // At the right edge, the same place in every plot.
    paintLegend(painter, textEnd() - legendWidth(wide), 0);
}

void CurveHeader::paintTitle(QPainter &painter) const {
    const QFont bold = titleFont(painter.font());
    const QString text = QFontMetrics(bold).elidedText(m_title, Qt::ElideRight, textEnd() - margin);
    painter.save();
    painter.setFont(bold);
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(QRect(margin, 0, textEnd() - margin, lineHeight()), Qt::AlignVCenter | Qt::AlignLeft,
                     text);
    painter.restore();
}

void CurveHeader::paintLegend(QPainter &painter, int left, int top) {
    m_entries.clear();
    const int end = (m_hasTwoLines ? width() - margin : textEnd()) + 2; // rounding of the widths
    const auto [sample, gap, entry] = spacing();
    const double middle = top + lineHeight() / 2.0;
    for (int index = 0; index < m_curves.size(); ++index) {
        const CurveStyle &curve = m_curves[index];
        const QString name = legendOf(curve);
        if (name.isEmpty())
            continue;
        const int start = left;
        const int room = end - left - sample - gap;
        if (room < qMin(3 * fontMetrics().averageCharWidth(), fontMetrics().horizontalAdvance(name)))
            return; // only an ellipsis would fit
        QFont font = painter.font();
        font.setStrikeOut(m_hidden[index]);
        painter.setFont(font);
        painter.setOpacity(m_hidden[index] ? 0.45 : 1);
        paintLineSample(painter, curve, QPointF(left, middle), sample);
        left += sample + gap;
        const QString text = fontMetrics().elidedText(name, Qt::ElideMiddle, room);
        painter.setPen(theme::mutedText());
        painter.drawText(QRect(left, top, room, lineHeight()), Qt::AlignVCenter | Qt::AlignLeft, text);
        left += fontMetrics().horizontalAdvance(text);
        painter.setOpacity(1);
        m_entries.append({index, QRect(start, top, left - start, lineHeight())});
        left += entry;
    }
}

int CurveHeader::legendWidth(const Spacing &spacing) const {
    constexpr int rounding = 2; // advances are rounded to whole pixels here
    int total = 0;
    for (const CurveStyle &curve : m_curves)
        if (const QString name = legendOf(curve); !name.isEmpty())
            total += spacing.sample + spacing.gap + fontMetrics().horizontalAdvance(name) + rounding +
                     (total > 0 ? spacing.entry : 0);
    return total;
}

} // namespace simclr::ui

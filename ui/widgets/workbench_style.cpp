// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/workbench_style.h"

#include "ui/widgets/style_painting.h"
#include "ui/widgets/theme.h"

#include <QPainter>
#include <QStyleOption>
#include <QTabBar>
#include <QWidget>

namespace simclr::ui {

namespace {

constexpr int spinButtonWidth = 15;
constexpr int scrollBarWidth = 11;
constexpr int controlHeight = 26;

void drawProgress(QPainter *painter, const QStyleOptionProgressBar *option) {
    const QRectF groove(option->rect.left(), option->rect.center().y() - 2.5, option->rect.width(), 6);
    painting::box(painter, groove, theme::border(), {}, 3);
    if (option->maximum <= option->minimum) { // busy: the progress is unknown
        QColor faint = theme::accent();
        faint.setAlpha(120);
        painting::box(painter, groove, faint, {}, 3);
        return;
    }
    const double part = double(option->progress - option->minimum) / (option->maximum - option->minimum);
    const QRectF filled(groove.left(), groove.top(), groove.width() * qBound(0.0, part, 1.0),
                        groove.height());
    if (filled.width() >= 1)
        painting::box(painter, filled, option->palette.color(QPalette::Highlight), {}, 3);
}

void drawSplitterGrip(QPainter *painter, const QStyleOption *option) {
    if (option->state & (QStyle::State_MouseOver | QStyle::State_Sunken))
        painter->fillRect(option->rect, theme::hover());
}

/// A default button is filled with the accent colour, so its text uses the matching contrast colour.
QStyleOptionButton onAccent(const QStyleOptionButton &option) {
    QStyleOptionButton copy = option;
    const QColor text = option.palette.color(QPalette::HighlightedText);
    copy.palette.setColor(QPalette::ButtonText, text);
    return copy;
}

/// A copy of the option in the muted colour, for secondary text.
template <typename Option>
Option muted(const Option &option, QPalette::ColorRole role) {
    Option copy = option;
    if (option.state & QStyle::State_Enabled)
        copy.palette.setColor(role, theme::mutedText());
    return copy;
}

bool isTopTab(const QStyleOptionTab &tab) {
    return tab.shape == QTabBar::RoundedNorth || tab.shape == QTabBar::TriangularNorth;
}

void drawSortArrow(QPainter *painter, const QStyleOptionHeader *header) {
    if (header->sortIndicator != QStyleOptionHeader::None)
        painting::chevron(painter, header->rect,
                          header->sortIndicator == QStyleOptionHeader::SortUp ? Qt::UpArrow : Qt::DownArrow,
                          theme::accent());
}

bool isFilledButton(const QStyleOption *option) {
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
    return button && button->features & QStyleOptionButton::DefaultButton &&
           option->state & QStyle::State_Enabled;
}

} // namespace

WorkbenchStyle::WorkbenchStyle() : QProxyStyle(QStringLiteral("Fusion")) {}

void WorkbenchStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                                   const QWidget *widget) const {
    switch (element) {
    case PE_PanelButtonCommand: {
        const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
        const bool flat = button && button->features & QStyleOptionButton::Flat;
        return flat ? painting::toolButton(painter, option)
                    : painting::button(painter, option, isFilledButton(option));
    }
    case PE_PanelButtonTool:
        return painting::toolButton(painter, option);
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        return painting::checkBox(painter, option);
    case PE_IndicatorRadioButton:
        return painting::radioButton(painter, option);
    case PE_FrameFocusRect:
        return; // focus is shown by the border of each control
    case PE_PanelLineEdit:
        if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
            frame && frame->lineWidth > 0)
            painting::box(
                painter, QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5),
                option->palette.color(option->state & State_Enabled ? QPalette::Base : QPalette::Window),
                painting::controlBorder(option));
        return;
    case PE_FrameLineEdit:
        return;
    case PE_IndicatorHeaderArrow:
        if (const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option))
            drawSortArrow(painter, header);
        return;
    case PE_FrameTabBarBase:
        return painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1),
                                 theme::border());
    case PE_IndicatorArrowDown:
        return painting::chevron(painter, option->rect, Qt::DownArrow, theme::mutedText());
    case PE_IndicatorArrowUp:
        return painting::chevron(painter, option->rect, Qt::UpArrow, theme::mutedText());
    case PE_IndicatorArrowRight:
        return painting::chevron(painter, option->rect, Qt::RightArrow, theme::mutedText());
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void WorkbenchStyle::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                                 const QWidget *widget) const {
    if (element == CE_ProgressBarGroove)
        return;
    if (element == CE_ProgressBarContents)
        if (const auto *bar = qstyleoption_cast<const QStyleOptionProgressBar *>(option))
            return drawProgress(painter, bar);
    if (element == CE_Splitter)
        return drawSplitterGrip(painter, option);
    if (element == CE_HeaderSection || element == CE_HeaderEmptyArea)
        return painting::headerSection(painter, option);
    if (const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option); tab && isTopTab(*tab)) {
        if (element == CE_TabBarTabShape)
            return painting::tab(painter, tab);
        if (element == CE_TabBarTabLabel && !(option->state & State_Selected)) {
            const QStyleOptionTab copy = muted(*tab, QPalette::WindowText);
            return QProxyStyle::drawControl(element, &copy, painter, widget);
        }
    }
    if (const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option);
        header && element == CE_HeaderLabel) {
        const QStyleOptionHeader copy = muted(*header, QPalette::ButtonText);
        return QProxyStyle::drawControl(element, &copy, painter, widget);
    }
    if (element == CE_PushButtonLabel && isFilledButton(option)) {
        const QStyleOptionButton copy = onAccent(*qstyleoption_cast<const QStyleOptionButton *>(option));
        return QProxyStyle::drawControl(element, &copy, painter, widget);
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void WorkbenchStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
                                        QPainter *painter, const QWidget *widget) const {
    if (control == CC_ComboBox)
        if (const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(option))
            return painting::comboBox(painter, combo,
                                      subControlRect(control, option, SC_ComboBoxArrow, widget));
    if (control == CC_ToolButton)
        if (const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option)) {
            QStyleOptionToolButton copy = *button;
            copy.features &= ~QStyleOptionToolButton::HasMenu; // the text contains "▾" instead
            return QProxyStyle::drawComplexControl(control, &copy, painter, widget);
        }
    if (control == CC_SpinBox)
        if (const auto *spin = qstyleoption_cast<const QStyleOptionSpinBox *>(option))
            return painting::spinBox(painter, spin, subControlRect(control, option, SC_SpinBoxUp, widget),
                                     subControlRect(control, option, SC_SpinBoxDown, widget));
    if (control == CC_ScrollBar)
        if (const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option))
            return painting::scrollBar(painter, bar,
                                       subControlRect(control, option, SC_ScrollBarSlider, widget));
    if (control == CC_Slider)
        if (const auto *slider = qstyleoption_cast<const QStyleOptionSlider *>(option);
            slider && slider->orientation == Qt::Horizontal) {
            const QRectF handle = subControlRect(control, option, SC_SliderHandle, widget);
            const bool enabled = option->state & State_Enabled;
            painting::track(painter, option->rect, option->rect.left(), handle.center().x(), enabled);
            return painting::handle(painter, handle.center(), enabled, option->state & State_MouseOver,
                                    option->state & State_HasFocus);
        }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

QRect WorkbenchStyle::subControlRect(ComplexControl control, const QStyleOptionComplex *option,
                                     SubControl subControl, const QWidget *widget) const {
    const QRect whole = option->rect;
    if (control == CC_SpinBox) {
        const auto *spin = qstyleoption_cast<const QStyleOptionSpinBox *>(option);
        const int buttons = spin && spin->buttonSymbols == QAbstractSpinBox::NoButtons ? 0 : spinButtonWidth;
        const QRect column(whole.right() - buttons, whole.top() + 2, buttons, whole.height() - 4);
        if (subControl == SC_SpinBoxUp)
            return column.adjusted(0, 0, 0, -column.height() / 2);
        if (subControl == SC_SpinBoxDown)
            return column.adjusted(0, column.height() / 2, 0, 0);
        if (subControl == SC_SpinBoxEditField)
            return whole.adjusted(3, 2, -buttons - 1, -2);
    }
    if (control == CC_ScrollBar && (subControl == SC_ScrollBarAddLine || subControl == SC_ScrollBarSubLine))
        return {};
    if (control == CC_ScrollBar && subControl == SC_ScrollBarGroove)
        return whole;
    if (control == CC_ScrollBar && subControl == SC_ScrollBarSlider) {
        const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
        const bool vertical = bar && bar->orientation == Qt::Vertical;
        const int length = vertical ? whole.height() : whole.width();
        const int range = bar ? bar->maximum - bar->minimum : 0;
        const int thumb =
            range > 0 ? qBound(24, int(qint64(length) * bar->pageStep / (range + bar->pageStep)), length)
                      : length;
        const int at = bar ? sliderPositionFromValue(bar->minimum, bar->maximum, bar->sliderPosition,
                                                     length - thumb, bar->upsideDown)
                           : 0;
        return vertical ? QRect(whole.x(), whole.y() + at, whole.width(), thumb)
                        : QRect(whole.x() + at, whole.y(), thumb, whole.height());
    }
    return QProxyStyle::subControlRect(control, option, subControl, widget);
}

QRect WorkbenchStyle::subElementRect(SubElement element, const QStyleOption *option,
                                     const QWidget *widget) const {
    const QRect rect = QProxyStyle::subElementRect(element, option, widget);
    return element == SE_LineEditContents ? rect.adjusted(3, 0, -1, 0) : rect;
}

QSize WorkbenchStyle::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                                       const QWidget *widget) const {
    const QSize wanted = QProxyStyle::sizeFromContents(type, option, size, widget);
    switch (type) {
    case CT_PushButton:
        return QSize(wanted.width() + 8, std::max(wanted.height(), controlHeight));
    case CT_ComboBox:
    case CT_LineEdit:
    case CT_SpinBox:
        return QSize(wanted.width(), std::max(wanted.height(), controlHeight));
    default:
        return wanted;
    }
}

int WorkbenchStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const {
    switch (metric) {
    case PM_ScrollBarExtent:
        return scrollBarWidth;
    case PM_SliderThickness:
    case PM_SliderControlThickness:
    case PM_SliderLength:
        return painting::handleSide + 2;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
        return 16;
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
    case PM_TabBarTabShiftHorizontal:
    case PM_TabBarTabShiftVertical:
        return 0;
    case PM_SplitterWidth:
        return 5;
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
        return 16;
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
        return 8;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int WorkbenchStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                              QStyleHintReturn *data) const {
    switch (hint) {
    case SH_Slider_AbsoluteSetButtons:
        return Qt::LeftButton; // the handle jumps to the clicked position
    case SH_ToolTip_WakeUpDelay:
        return 500;
    case SH_DialogButtonBox_ButtonsHaveIcons:
        return 0;
    case SH_ComboBox_Popup:
        return 0;
    default:
        return QProxyStyle::styleHint(hint, option, widget, data);
    }
}

} // namespace simclr::ui

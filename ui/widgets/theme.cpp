// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/theme.h"

#include "ui/widgets/workbench_style.h"

#include <QApplication>
#include <QFontDatabase>
#include <QToolTip>
#include <array>

namespace simclr::ui::theme {

namespace {

/// Every colour of one of the two looks.
struct Colors {
    QColor window, base, sunken, raised, text, muted, border, accent, onAccent, good, warning, danger, hover;
};

const Colors &lightColors() {
    static const Colors colors{.window = QColor(0xf5f6f8),
                               .base = QColor(0xffffff),
                               .sunken = QColor(0xebedf1),
                               .raised = QColor(0xffffff),
                               .text = QColor(0x1c2128),
                               .muted = QColor(0x5a6472),
                               .border = QColor(0xd6dae1),
                               .accent = QColor(0x2f62d9),
                               .onAccent = QColor(0xffffff),
                               .good = QColor(0x1a7f4b),
                               .warning = QColor(0x9a6200),
                               .danger = QColor(0xc0322b),
                               .hover = QColor(28, 33, 40, 18)};
    return colors;
}

const Colors &darkColors() {
    static const Colors colors{.window = QColor(0x1c1f24),
                               .base = QColor(0x15171b),
                               .sunken = QColor(0x16181c),
                               .raised = QColor(0x25292f),
                               .text = QColor(0xe7eaee),
                               .muted = QColor(0x9aa4b2),
                               .border = QColor(0x363c45),
                               .accent = QColor(0x7aa7ff),
                               .onAccent = QColor(0x0e1523),
                               .good = QColor(0x5ecb92),
                               .warning = QColor(0xe9b44c),
                               .danger = QColor(0xff7b72),
                               .hover = QColor(255, 255, 255, 20)};
    return colors;
}

bool &dark() {
    static bool value = false;
    return value;
}

const Colors &colors() {
    return dark() ? darkColors() : lightColors();
}

QPalette paletteOf(const Colors &c) {
    QPalette palette(c.raised, c.window);
    palette.setColor(QPalette::Window, c.window);
    palette.setColor(QPalette::WindowText, c.text);
    palette.setColor(QPalette::Base, c.base);
    palette.setColor(QPalette::AlternateBase, c.window);
    palette.setColor(QPalette::Text, c.text);
    palette.setColor(QPalette::Button, c.raised);
    palette.setColor(QPalette::ButtonText, c.text);
    palette.setColor(QPalette::BrightText, c.danger);
    palette.setColor(QPalette::PlaceholderText, c.muted);
    palette.setColor(QPalette::ToolTipBase, c.raised);
    palette.setColor(QPalette::ToolTipText, c.text);
    palette.setColor(QPalette::Highlight, c.accent);
    palette.setColor(QPalette::HighlightedText, c.onAccent);
    palette.setColor(QPalette::Link, c.accent);
    palette.setColor(QPalette::LinkVisited, c.accent);
    palette.setColor(QPalette::Mid, c.border);
    palette.setColor(QPalette::Midlight, c.border);
    palette.setColor(QPalette::Dark, c.border);
    palette.setColor(QPalette::Light, c.raised);
    palette.setColor(QPalette::Shadow, QColor(0, 0, 0, 60));
    QColor faint = c.muted;
    faint.setAlpha(150);
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, faint);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, c.border);
    palette.setColor(QPalette::Disabled, QPalette::HighlightedText, c.muted);
    return palette;
}

/// Only what palette and style cannot set.
QString styleSheetOf(const Colors &c) {
    return QStringLiteral("QToolTip { background: %1; color: %2; border: 1px solid %3; padding: 4px 6px; }"
                          "QSplitter::handle { background: transparent; }")
        .arg(c.raised.name(), c.text.name(), c.border.name());
}

QFont programFont(const QFont &system) {
    QFont font = system;
    if (QFontDatabase::hasFamily(QStringLiteral("Inter")))
        font.setFamily(QStringLiteral("Inter"));
    font.setPointSizeF(qBound(9.0, system.pointSizeF(), 11.0));
    return font;
}

/// The desktop's own palette and font, taken before ours replace them.
struct Desktop {
    bool dark = false;
    QFont font;
};

const Desktop &desktop() {
    static const Desktop found{.dark = QApplication::palette().color(QPalette::Window).lightnessF() < 0.5,
                               .font = QApplication::font()};
    return found;
}

} // namespace

void apply(QApplication &application, ThemeChoice choice) {
    const Desktop &system = desktop();
    dark() = choice == ThemeChoice::Dark || (choice == ThemeChoice::Desktop && system.dark);
    if (application.property("simclrStyle").isNull()) {
        application.setProperty("simclrStyle", true);
        QApplication::setStyle(new WorkbenchStyle);
        QApplication::setFont(programFont(system.font));
    }
    const QPalette palette = paletteOf(colors());
    QApplication::setPalette(palette);
    QToolTip::setPalette(palette);
    application.setStyleSheet(styleSheetOf(colors()));
}

bool isDark() {
    return dark();
}
bool isDesktopDark() {
    return desktop().dark;
}
QColor accent() {
    return colors().accent;
}
QColor mutedText() {
    return colors().muted;
}
QColor border() {
    return colors().border;
}
QColor good() {
    return colors().good;
}
QColor warning() {
    return colors().warning;
}
QColor danger() {
    return colors().danger;
}
QColor sunken() {
    return colors().sunken;
}
QColor raised() {
    return colors().raised;
}
QColor selection() {
    const QColor &base = colors().base;
    const QColor &veil = colors().accent;
    const float share = dark() ? 0.18f : 0.12f;
    return QColor::fromRgbF(base.redF() + share * (veil.redF() - base.redF()),
                            base.greenF() + share * (veil.greenF() - base.greenF()),
                            base.blueF() + share * (veil.blueF() - base.blueF()));
}
QColor hover() {
    return colors().hover;
}

QColor runColor(qint64 runId) {
    static constexpr std::array<QRgb, 7> onLight{0x0072b2, 0xd55e00, 0x009e73, 0xb5588d,
                                                 0xc98200, 0x3a9bd9, 0x8a7d00};
    static constexpr std::array<QRgb, 7> onDark{0x4ea8e6, 0xff8a3d, 0x2fd0a0, 0xe79bc4,
                                                0xf2b632, 0x8fd0f7, 0xf0e442};
    const auto number = static_cast<std::size_t>(std::max<qint64>(0, runId - 1));
    const std::size_t index = number % onLight.size();
    const QColor color(dark() ? onDark[index] : onLight[index]);
    // Every second cycle through the palette is darker, so that neighbours in the list differ.
    const bool isSecondRound = number / onLight.size() % 2 == 1;
    return isSecondRound ? (dark() ? color.darker(150) : color.darker(155)) : color;
}

} // namespace simclr::ui::theme

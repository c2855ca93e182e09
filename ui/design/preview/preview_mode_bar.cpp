// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/design/preview/preview_mode_bar.h"

#include "ui/widgets/text_labels.h"
#include "ui/widgets/tool_buttons.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QShortcut>
#include <tuple>

namespace simclr::ui {

PreviewModeBar::PreviewModeBar(QMenu *images, QWidget *parent)
    : QWidget(parent), m_modes(new QButtonGroup(this)), m_busy(mutedLabel(tr("rendering…"))) {
    m_busy->setObjectName(QStringLiteral("previewBusy"));
    m_busy->setToolTip(tr("The preview is out of date; rendering …"));
    m_busy->hide();
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2);
    addModes();
    row->addStretch();
    row->addWidget(m_busy);
    addButtons(images);
    connect(m_modes, &QButtonGroup::idClicked, this, [this](int id) { Q_EMIT modeChosen(PreviewMode(id)); });
}

void PreviewModeBar::addModes() {
    const std::tuple<const char *, QString, QString> modes[] = {
        {"previewGridButton", tr("Grid"), tr("Both views of many images")},
        {"previewFilmstripButton", tr("Filmstrip"), tr("What each step does, and the values it sampled")},
        {"previewSheetButton", tr("Sheet"), tr("Many samples of one image")},
        {"previewComparisonButton", tr("Compare"),
         tr("Two pipelines on the same images and random numbers")}};
    for (int mode = 0; mode < 4; ++mode) {
        const auto &[name, text, toolTip] = modes[mode];
        const QKeySequence keys(Qt::ALT | Qt::Key(Qt::Key_1 + mode));
        QToolButton *button = exclusiveButton(QLatin1String(name), text, withShortcut(toolTip, keys));
        m_modes->addButton(button, mode);
        connect(new QShortcut(keys, this), &QShortcut::activated, button, &QAbstractButton::click);
        layout()->addWidget(button);
    }
}

void PreviewModeBar::addButtons(QMenu *images) {
    auto *smaller = iconButton(QStringLiteral("zoomOut"), QStringLiteral("zoom-out"), tr("Smaller images"));
    auto *larger = iconButton(QStringLiteral("zoomIn"), QStringLiteral("zoom-in"), tr("Larger images"));
    auto *own = iconButton(QStringLiteral("previewImages"), QStringLiteral("insert-image"),
                           tr("Preview your own images: open, paste, or drop them here"));
    connect(smaller, &QToolButton::clicked, this, [this] { Q_EMIT zoomRequested(-1); });
    connect(larger, &QToolButton::clicked, this, [this] { Q_EMIT zoomRequested(1); });
    connect(own, &QToolButton::clicked, images,
            [own, images] { images->popup(own->mapToGlobal(QPoint(0, own->height()))); });
    for (QToolButton *button : {smaller, larger, own})
        layout()->addWidget(button);
}

void PreviewModeBar::setMode(PreviewMode mode) {
    m_modes->button(int(mode))->setChecked(true);
}

void PreviewModeBar::setBusy(bool busy) {
    m_busy->setVisible(busy);
}

bool PreviewModeBar::isBusy() const {
    return !m_busy->isHidden();
}

} // namespace simclr::ui

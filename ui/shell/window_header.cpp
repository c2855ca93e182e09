// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/window_header.h"

#include "ui/text/dataset_text.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/tool_buttons.h"
#include "ui/workspace/workspace.h"

#include <QEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QPainter>
#include <QShortcut>

namespace simclr::ui {

namespace {

const QKeySequence datasetKeys(Qt::CTRL | Qt::Key_I);

QToolButton *makeDatasetButton() {
    auto *button = new QToolButton;
    button->setObjectName(QStringLiteral("datasetButton"));
    button->setToolTip(
        withShortcut(WindowHeader::tr("Choose the images and see the dataset report"), datasetKeys));
    button->setIcon(theme::icon(QStringLiteral("folder-pictures")));
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setFixedHeight(30);
    return button;
}

} // namespace

WindowHeader::WindowHeader(Workspace &workspace, QWidget *parent)
    : QWidget(parent),
      m_workspace(workspace),
      m_dataset(makeDatasetButton()),
      m_theme(iconButton(QStringLiteral("themeToggle"), QStringLiteral("theme-dark"), tr("Light or dark"))) {
    setObjectName(QStringLiteral("windowHeader"));
    setFixedHeight(44);
    auto *help = iconButton(QStringLiteral("help"), QStringLiteral("help-contextual"),
                            withShortcut(tr("Keyboard shortcuts and About"), QKeySequence::HelpContents));
    help->setShortcut(QKeySequence::HelpContents);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(10, 0, 12, 0);
    row->setSpacing(4);
    row->addWidget(m_dataset);
    row->addStretch();
    row->addWidget(m_theme);
    row->addWidget(help);
    // The button's own shortcut would be lost whenever its text changes.
    connect(new QShortcut(datasetKeys, this), &QShortcut::activated, m_dataset, &QToolButton::click);
    connect(m_dataset, &QToolButton::clicked, this, &WindowHeader::datasetPressed);
    connect(m_theme, &QToolButton::clicked, this, &WindowHeader::themeToggled);
    connect(help, &QToolButton::clicked, this, &WindowHeader::helpRequested);
    connect(&workspace, &Workspace::datasetChanged, this, &WindowHeader::showDataset);
    connect(&workspace, &Workspace::openingFailed, this, &WindowHeader::showDataset);
    connect(&workspace, &Workspace::openingStarted, this, &WindowHeader::showOpening);
    connect(&workspace, &Workspace::openingProgressed, this, [this](qulonglong done, qulonglong total) {
        if (total > 0)
            m_dataset->setText(
                tr("Images: opening %1 · %2 %").arg(m_opening, QString::number(100 * done / total)));
    });
    showDataset();
    showThemeIcon();
}

QWidget *WindowHeader::datasetButton() const {
    return m_dataset;
}

void WindowHeader::showDataset() {
    const DatasetPtr dataset = m_workspace.dataset();
    const QString what = dataset ? datasetHeadline(dataset->report()) : tr("none yet");
    m_dataset->setText(
        tr("Images: %1  ▾").arg(plainButtonText(fontMetrics().elidedText(what, Qt::ElideMiddle, 560))));
}

void WindowHeader::showOpening(const QString &source) {
    const QString text = sourceText(source);
    const bool hasParts = source.startsWith(QLatin1Char('{'));
    const QString name = hasParts ? text : QFileInfo(text).fileName();
    m_opening =
        plainButtonText(fontMetrics().elidedText(name.isEmpty() ? text : name, Qt::ElideMiddle, 320));
    m_dataset->setText(tr("Images: opening %1 …").arg(m_opening));
}

void WindowHeader::changeEvent(QEvent *event) {
    if (event->type() == QEvent::PaletteChange)
        showThemeIcon();
    QWidget::changeEvent(event);
}

void WindowHeader::showThemeIcon() {
    m_theme->setIcon(
        theme::icon(theme::isDark() ? QStringLiteral("theme-light") : QStringLiteral("theme-dark")));
    m_theme->setToolTip(theme::isDark() ? tr("Use light colours") : tr("Use dark colours"));
    m_theme->setAccessibleName(m_theme->toolTip());
}

void WindowHeader::paintEvent(QPaintEvent *) {
    QPainter painter(this);
    painter.setPen(theme::border());
    painter.drawLine(0, height() - 1, width(), height() - 1);
}

} // namespace simclr::ui

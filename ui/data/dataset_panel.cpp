// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/data/dataset_panel.h"

#include "ui/data/dataset_report_view.h"
#include "ui/data/labelled_source.h"
#include "ui/text/dataset_text.h"
#include "ui/text/sentence_text.h"
#include "ui/widgets/file_dialog.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/style_painting.h"
#include "ui/widgets/text_labels.h"
#include "ui/widgets/theme.h"
#include "ui/workspace/workspace.h"

#include <QApplication>
#include <QFileDialog>
#include <QKeyEvent>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace simclr::ui {

namespace {

constexpr int panelWidth = 460;
constexpr int shadow = 10;

QPushButton *sourceButton(const char *name, const char *icon, const QString &text, const QString &toolTip) {
    auto *button = new QPushButton(theme::icon(QString::fromLatin1(icon)), text);
    button->setObjectName(QString::fromLatin1(name));
    button->setToolTip(toolTip);
    button->setMinimumHeight(30);
    return button;
}

QScrollArea *scrolled(QWidget *content) {
    auto *area = new QScrollArea;
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidget(content);
    content->setAutoFillBackground(false);
    area->viewport()->setAutoFillBackground(false);
    return area;
}

} // namespace

DatasetPanel::DatasetPanel(Workspace &workspace, QWidget *anchor, QWidget *parent)
    : QFrame(parent),
      m_workspace(workspace),
      m_anchor(anchor),
      m_content(new QWidget),
      m_progressText(new ElidedLabel),
      m_bar(new QProgressBar),
      m_progress(makeProgress()),
      m_message(new InlineMessage),
      m_report(new DatasetReportView),
      m_recent(new QWidget),
      m_recentList(new QVBoxLayout(m_recent)) {
    setObjectName(QStringLiteral("datasetPanel"));
    m_message->setObjectName(QStringLiteral("datasetMessage"));
    m_report->setObjectName(QStringLiteral("datasetReport"));
    m_recent->setObjectName(QStringLiteral("recentSources"));
    m_recentList->setContentsMargins(0, 0, 0, 0);
    m_recentList->setSpacing(0);
    auto *column = new QVBoxLayout(m_content);
    column->setContentsMargins(18, 16, 18, 14);
    column->setSpacing(12);
    column->addLayout(makeSources());
    column->addWidget(new LabelledSource(m_workspace));
    column->addWidget(m_progress);
    column->addWidget(m_message);
    column->addWidget(m_report);
    column->addWidget(m_recent);
    column->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(shadow + 1, shadow + 1, shadow + 1, shadow + 1);
    layout->addWidget(scrolled(m_content));
    m_progress->hide();
    m_report->hide();
    hide();
    connectWorkspace();
    showRecent();
}

QHBoxLayout *DatasetPanel::makeSources() {
    auto *shapes = sourceButton("openShapes", "shapes", tr("Built-in shapes"),
                                tr("Images rendered by the program: eight shapes in random colours"));
    auto *folder = sourceButton("openFolder", "document-open-folder", tr("Folder…"),
                                tr("A folder of images, with one folder per class, or with train and test "
                                   "folders; or the CIFAR-10 binary files"));
    auto *file =
        sourceButton("openFile", "document-open", tr("File…"), tr("A dataset file in binary format"));
    connect(shapes, &QPushButton::clicked, &m_workspace,
            [this] { m_workspace.openSource(QStringLiteral("shapes")); });
    connect(folder, &QPushButton::clicked, this, &DatasetPanel::chooseFolder);
    connect(file, &QPushButton::clicked, this, &DatasetPanel::chooseFile);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(shapes, 2);
    row->addWidget(folder, 1);
    row->addWidget(file, 1);
    return row;
}

QWidget *DatasetPanel::makeProgress() {
    auto *box = new QWidget;
    m_progressText->setObjectName(QStringLiteral("openingText"));
    m_bar->setObjectName(QStringLiteral("openingProgress"));
    m_bar->setTextVisible(false);
    m_bar->setFixedHeight(8);
    auto *cancel = new QPushButton(tr("Cancel"));
    cancel->setObjectName(QStringLiteral("cancelOpening"));
    cancel->setToolTip(tr("Stop opening; the current images stay open"));
    connect(cancel, &QPushButton::clicked, &m_workspace, &Workspace::cancelOpening);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(4);
    texts->addWidget(m_progressText);
    texts->addWidget(m_bar);
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(12);
    row->addLayout(texts, 1);
    row->addWidget(cancel);
    return box;
}

void DatasetPanel::connectWorkspace() {
    connect(&m_workspace, &Workspace::openingStarted, this, [this](const QString &source) {
        // Without a dataset, shapes replace images that failed to open: keep that message.
        if (m_workspace.dataset())
            m_message->clear();
        m_progressText->setText(tr("Opening %1").arg(sourceText(source)));
        m_bar->setRange(0, 0);
        m_progress->show();
        place();
    });
    connect(&m_workspace, &Workspace::openingProgressed, this, [this](qulonglong done, qulonglong total) {
        m_bar->setRange(0, 1000);
        m_bar->setValue(total > 0 ? int(1000 * done / total) : 0);
    });
    connect(&m_workspace, &Workspace::openingFailed, this, [this](const QString &, const QString &reason) {
        m_progress->hide();
        m_message->showText(InlineMessage::Tone::Error, sentenceText(reason));
        popUp();
    });
    connect(&m_workspace, &Workspace::datasetChanged, this, &DatasetPanel::showDataset);
    connect(&m_workspace, &Workspace::recentSourcesChanged, this, &DatasetPanel::showRecent);
}

void DatasetPanel::chooseFolder() {
    QFileDialog *dialog = newFileDialog(window(), QStringLiteral("datasetFolderDialog"),
                                        tr("Open a folder of images"), {}, FolderFor::Images);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, &m_workspace, &Workspace::openSource);
    dialog->open();
}

void DatasetPanel::chooseFile() {
    QFileDialog *dialog = newFileDialog(window(), QStringLiteral("datasetFileDialog"),
                                        tr("Open a dataset file"), {}, FolderFor::Images);
    connect(dialog, &QFileDialog::fileSelected, &m_workspace, &Workspace::openSource);
    dialog->open();
}

void DatasetPanel::showDataset() {
    m_progress->hide();
    m_report->setDataset(*m_workspace.dataset());
    m_report->show();
    place();
}

void DatasetPanel::showRecent() {
    while (QLayoutItem *item = m_recentList->takeAt(0)) {
        if (item->widget())
            item->widget()->deleteLater();
        delete item;
    }
    const QStringList sources = m_workspace.recentSources();
    m_recentList->addWidget(headingLabel(tr("Recent")));
    for (const QString &source : sources) {
        auto *button = new QPushButton(
            plainButtonText(fontMetrics().elidedText(sourceText(source), Qt::ElideMiddle, panelWidth - 90)));
        button->setObjectName(QStringLiteral("recent_") + source);
        button->setToolTip(plainToolTip(source));
        button->setFlat(true);
        button->setStyleSheet(QStringLiteral("text-align: left; padding: 4px 0px;"));
        connect(button, &QPushButton::clicked, &m_workspace,
                [this, source] { m_workspace.openSource(source); });
        m_recentList->addWidget(button);
    }
    m_recent->setVisible(!sources.isEmpty());
    place();
}

void DatasetPanel::popUp() {
    show();
    raise();
    place();
    setFocus();
}

void DatasetPanel::toggle() {
    if (isVisible())
        hide();
    else
        popUp();
}

void DatasetPanel::place() {
    const QPoint below = m_anchor->mapTo(parentWidget(), QPoint(0, m_anchor->height()));
    const int room = parentWidget()->height() - below.y() - 8;
    m_content->layout()->activate();
    const int wanted = m_content->layout()->totalHeightForWidth(panelWidth - 2 * shadow) + 2 * shadow + 4;
    const int hint = std::max(wanted, m_content->layout()->totalMinimumSize().height() + 2 * shadow + 4);
    setGeometry(below.x() - shadow, below.y() - shadow + 4, panelWidth, std::min(hint, room));
}

void DatasetPanel::paintEvent(QPaintEvent *) {
    QPainter painter(this);
    for (int i = 0; i < shadow; ++i)
        painting::box(&painter, QRectF(rect()).adjusted(i, i + 1, -i, -i),
                      QColor(0, 0, 0, theme::isDark() ? 14 : 5), {}, 12);
    painting::box(&painter,
                  QRectF(rect()).adjusted(shadow, shadow, -shadow, -shadow).adjusted(0.5, 0.5, -0.5, -0.5),
                  theme::raised(), theme::border(), 8);
}

void DatasetPanel::keyPressEvent(QKeyEvent *event) {
    if (event->key() == Qt::Key_Escape) {
        hide();
        m_anchor->setFocus();
        return;
    }
    QFrame::keyPressEvent(event);
}

void DatasetPanel::showEvent(QShowEvent *event) {
    QFrame::showEvent(event);
    qApp->installEventFilter(this);
}

void DatasetPanel::hideEvent(QHideEvent *event) {
    QFrame::hideEvent(event);
    qApp->removeEventFilter(this);
}

bool DatasetPanel::eventFilter(QObject *watched, QEvent *event) {
    if (event->type() != QEvent::MouseButtonPress || !watched->isWidgetType())
        return false;
    const auto *widget = static_cast<QWidget *>(watched);
    const bool ours = widget == this || isAncestorOf(widget) || widget == m_anchor;
    if (!ours && widget->window() == window()) // dialogs opened from here are separate windows
        hide();
    return false;
}

} // namespace simclr::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/data/data_page.h"

#include "ui/data/data_study.h"
#include "ui/data/duplicates/duplicates_panel.h"
#include "ui/data/facts/facts_panel.h"
#include "ui/data/labelled_source.h"
#include "ui/data/selection_bar.h"
#include "ui/data/selection_keeper.h"
#include "ui/data/wall/wall_panel.h"
#include "ui/text/dataset_text.h"
#include "ui/widgets/file_dialog.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/remembered.h"
#include "ui/widgets/text_labels.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/tool_buttons.h"
#include "ui/workspace/workspace.h"

#include <QButtonGroup>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QProgressBar>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>

namespace simclr::ui {

DataPage::DataPage(Workspace &workspace, QWidget *parent)
    : QWidget(parent),
      m_workspace(workspace),
      m_study(new DataStudy(this)),
      m_selections(new SelectionKeeper(workspace, this)),
      m_facts(new FactsPanel(*m_study)),
      m_wall(new WallPanel(*m_study)),
      m_duplicates(new DuplicatesPanel(*m_study)),
      m_right(new QStackedWidget),
      m_message(new InlineMessage) {
    setObjectName(QStringLiteral("dataPage"));
    build();
    connectParts();
    connectWorkspace();
    showDataset();
}

DataPage::~DataPage() = default;

void DataPage::build() {
    auto *splitter = new QSplitter(Qt::Horizontal);
    splitter->setObjectName(QStringLiteral("dataSplitter"));
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(makeLeft());
    splitter->addWidget(makeRight());
    splitter->setStretchFactor(0, 0);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({340, 800});
    rememberSplitter(*splitter, QStringLiteral("data/splitter"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->addWidget(splitter);
}

/// Sources and selection stay in view, the facts scroll.
QWidget *DataPage::makeLeft() {
    auto *left = new QWidget;
    left->setMinimumWidth(270);
    auto *column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 6, 0);
    column->setSpacing(8);
    column->addWidget(makeSources());
    column->addWidget(makeProgress());
    column->addWidget(new LabelledSource(m_workspace));
    column->addWidget(new SelectionBar(m_workspace, *m_selections));
    column->addWidget(m_facts, 1);
    return left;
}

QWidget *DataPage::makeRight() {
    auto *right = new QWidget;
    m_right->setObjectName(QStringLiteral("dataViews"));
    m_right->addWidget(m_wall);
    m_right->addWidget(m_duplicates);
    m_message->setObjectName(QStringLiteral("dataMessage"));
    auto *column = new QVBoxLayout(right);
    column->setContentsMargins(6, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(makeTabs());
    column->addWidget(m_message);
    column->addWidget(m_right, 1);
    return right;
}

QWidget *DataPage::makeSources() {
    auto *box = new QWidget;
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    const auto add = [row](const char *name, const char *icon, const QString &text, const QString &toolTip) {
        auto *button = new QPushButton(theme::icon(QLatin1String(icon)), text);
        button->setObjectName(QLatin1String(name));
        button->setToolTip(toolTip);
        row->addWidget(button, 1);
        return button;
    };
    auto *folder = add("dataFolder", "document-open-folder", tr("Folder…"), tr("Open a folder of images"));
    auto *file = add("dataFile", "document-open", tr("File…"),
                     tr("Open a dataset file; files and folders can also be dropped on the window"));
    auto *shapes = add("dataShapes", "shapes", tr("Shapes"),
                       tr("Images rendered by the program: eight shapes in random colours"));
    connect(folder, &QPushButton::clicked, this, &DataPage::askForFolder);
    connect(file, &QPushButton::clicked, this, &DataPage::askForFile);
    connect(shapes, &QPushButton::clicked, &m_workspace,
            [this] { m_workspace.openSource(QStringLiteral("shapes")); });
    return box;
}

QWidget *DataPage::makeProgress() {
    m_progress = new QWidget;
    m_progressText = new ElidedLabel;
    m_bar = new QProgressBar;
    m_bar->setObjectName(QStringLiteral("dataOpeningProgress"));
    m_bar->setTextVisible(false);
    m_bar->setFixedHeight(8);
    auto *cancel = new QPushButton(tr("Cancel"));
    cancel->setObjectName(QStringLiteral("dataCancelOpening"));
    cancel->setToolTip(tr("Stop opening; the current images stay open"));
    connect(cancel, &QPushButton::clicked, &m_workspace, &Workspace::cancelOpening);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(4);
    texts->addWidget(m_progressText);
    texts->addWidget(m_bar);
    auto *row = new QHBoxLayout(m_progress);
    row->setContentsMargins(0, 0, 0, 0);
    row->addLayout(texts, 1);
    row->addWidget(cancel);
    m_progress->hide();
    return m_progress;
}

QWidget *DataPage::makeTabs() {
    auto *tabs = new QWidget;
    auto *group = new QButtonGroup(tabs);
    auto *row = new QHBoxLayout(tabs);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    QToolButton *images =
        exclusiveButton(QStringLiteral("showWall"), tr("Images"), tr("Show the images as a wall"));
    QToolButton *duplicates = exclusiveButton(QStringLiteral("showDuplicates"), tr("Duplicates"),
                                              tr("Find images that are equal or nearly equal"));
    group->addButton(images, 0);
    group->addButton(duplicates, 1);
    row->addWidget(images);
    row->addWidget(duplicates);
    row->addStretch(1);
    images->setChecked(true);
    connect(group, &QButtonGroup::idClicked, m_right, &QStackedWidget::setCurrentIndex);
    connect(m_duplicates, &DuplicatesPanel::wallRequested, this,
            [this, images](const std::vector<std::uint32_t> &samples) {
                images->setChecked(true);
                m_right->setCurrentWidget(m_wall);
                m_wall->showSelected(samples);
            });
    return tabs;
}

void DataPage::connectParts() {
    connect(m_facts, &FactsPanel::optionEdited, this, &DataPage::optionEdited);
    connect(m_wall, &WallPanel::currentChanged, m_facts, &FactsPanel::setSample);
    connect(m_wall, &WallPanel::previewRequested, this, &DataPage::previewRequested);
    connect(m_wall, &WallPanel::leaveOutRequested, m_selections,
            [this](const std::vector<std::uint32_t> &samples) {
                m_selections->leaveOut(samples, tr("without some images"));
            });
    connect(m_wall, &WallPanel::keepRequested, m_selections,
            [this](const std::vector<std::uint32_t> &samples) {
                m_selections->keep(samples, tr("some images"));
            });
    connect(m_duplicates, &DuplicatesPanel::leaveOutRequested, m_selections,
            [this](const std::vector<std::uint32_t> &samples) {
                m_selections->leaveOut(samples, tr("without duplicates"));
            });
    connect(m_study, &DataStudy::failed, this, [this](const QString &text) { showMessage(text, true); });
    connect(m_selections, &SelectionKeeper::failed, this,
            [this](const QString &text) { showMessage(text, true); });
    connect(m_selections, &SelectionKeeper::saved, this, &DataPage::showSaved);
}

void DataPage::connectWorkspace() {
    connect(&m_workspace, &Workspace::datasetChanged, this, &DataPage::showDataset);
    connect(&m_workspace, &Workspace::openingStarted, this, [this](const QString &source) {
        m_progressText->setText(tr("Opening %1").arg(sourceText(source)));
        m_bar->setRange(0, 0);
        m_progress->show();
    });
    connect(&m_workspace, &Workspace::openingProgressed, this, [this](qulonglong done, qulonglong total) {
        m_bar->setRange(0, 1000);
        m_bar->setValue(total > 0 ? int(1000 * done / total) : 0);
    });
    connect(&m_workspace, &Workspace::openingFailed, this, [this](const QString &, const QString &reason) {
        m_progress->setVisible(m_workspace.isOpening());
        showMessage(reason, true);
    });
    connect(&m_workspace, &Workspace::openingPreviewChanged, this,
            [this] { m_wall->setPreview(m_workspace.openingPreview()); });
}

void DataPage::showDataset() {
    m_progress->setVisible(m_workspace.isOpening());
    m_wall->setPreview(m_workspace.openingPreview());
    const bool isAsSaved = !m_saved.isEmpty() && m_selections->currentFile() == m_saved;
    if (m_workspace.dataset() && !isAsSaved)
        m_message->clear();
    m_saved.clear();
    m_study->setDataset(m_workspace.dataset());
}

/// Also after the images are open with it.
void DataPage::showSaved(const QString &selection) {
    m_saved = selection;
    showMessage(tr("Saved: %1").arg(selection), false);
}

void DataPage::showMessage(const QString &text, bool isProblem) {
    m_message->showText(isProblem ? InlineMessage::Tone::Error : InlineMessage::Tone::Done, text);
}

void DataPage::setOptions(const TrainOptions &options) {
    m_study->setOptions(options);
    m_facts->setOptions(options);
}

void DataPage::askForFolder() {
    QFileDialog *dialog = newFileDialog(window(), QStringLiteral("dataFolderDialog"),
                                        tr("Open a folder of images"), {}, FolderFor::Images);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, &m_workspace, &Workspace::openSource);
    dialog->open();
}

void DataPage::askForFile() {
    QFileDialog *dialog = newFileDialog(window(), QStringLiteral("dataFileDialog"), tr("Open a dataset file"),
                                        {}, FolderFor::Images);
    connect(dialog, &QFileDialog::fileSelected, &m_workspace, &Workspace::openSource);
    dialog->open();
}

} // namespace simclr::ui

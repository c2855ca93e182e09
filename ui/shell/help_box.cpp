// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/help_box.h"

#include "core/util/version.h"
#include "ui/shell/key_table.h"
#include "ui/widgets/text_labels.h"

#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QScreen>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>
#include <algorithm>

namespace simclr::ui {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(HelpBox)
};

void addSection(QGridLayout &grid, const KeySection &section) {
    int row = grid.rowCount();
    grid.setRowMinimumHeight(row, 8);
    grid.addWidget(headingLabel(section.title), ++row, 0, 1, 2);
    for (const KeyHelp &help : section.rows) {
        grid.addWidget(plainLabel(keysText(help)), ++row, 0);
        grid.addWidget(mutedLabel(help.meaning), row, 1);
    }
}

/// The key table, in a scroll area for small screens.
QScrollArea *makeKeys() {
    auto *keys = new QWidget;
    auto *grid = new QGridLayout(keys);
    grid->setContentsMargins(0, 0, 12, 0);
    grid->setHorizontalSpacing(24);
    grid->setVerticalSpacing(4);
    grid->setColumnStretch(1, 1);
    for (const KeySection &section : keyTable())
        addSection(*grid, section);
    auto *scroll = new QScrollArea;
    scroll->setObjectName(QStringLiteral("keyList"));
    scroll->setAccessibleName(Texts::tr("Keys"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(keys);
    scroll->setMinimumWidth(keys->sizeHint().width() + scroll->verticalScrollBar()->sizeHint().width());
    return scroll;
}

/// As high as its text if the screen is large enough.
void setGoodHeight(QDialog &dialog, const QScrollArea &keys) {
    const int screen = dialog.screen()->availableGeometry().height();
    const int wanted =
        dialog.sizeHint().height() - keys.sizeHint().height() + keys.widget()->sizeHint().height();
    dialog.resize(dialog.sizeHint().width(), std::min(wanted, screen * 85 / 100));
}

} // namespace

void openHelpBox(QWidget *window) {
    auto *dialog = new QDialog(window);
    dialog->setObjectName(QStringLiteral("helpBox"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(Texts::tr("SimCLR Workbench"));
    auto *layout = new QVBoxLayout(dialog);
    layout->setContentsMargins(24, 20, 24, 16);
    layout->setSpacing(12);
    layout->addWidget(titleLabel(Texts::tr("SimCLR Workbench %1").arg(QString::fromLatin1(programVersion))));
    QLabel *about = mutedLabel(
        Texts::tr("Design augmentations, train image encoders without labels, compare the results. "
                  "After Chen, Kornblith, Norouzi and Hinton: A Simple Framework for Contrastive "
                  "Learning of Visual Representations, 2020. Free software under the GNU GPL, "
                  "version 3 or later."));
    about->setWordWrap(true);
    about->setMinimumWidth(440);
    layout->addWidget(about);
    layout->addSpacing(4);
    QScrollArea *keys = makeKeys();
    layout->addWidget(keys, 1);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    layout->addWidget(buttons);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::close);
    setGoodHeight(*dialog, *keys);
    dialog->open();
}

} // namespace simclr::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/help_box.h"

#include "core/util/version.h"
#include "ui/widgets/text_labels.h"

#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QVBoxLayout>

namespace simclr::ui {

namespace {

QString tr(const char *text) {
    return QCoreApplication::translate("HelpBox", text);
}

QFormLayout *makeKeys() {
    auto *keys = new QFormLayout;
    keys->setHorizontalSpacing(24);
    keys->setVerticalSpacing(6);
    const auto add = [keys](const char *shortcut, const QString &meaning) {
        keys->addRow(mutedLabel(QString::fromUtf8(shortcut)), plainLabel(meaning));
    };
    add("Ctrl+1 … Ctrl+3", tr("Design, Train, Runs"));
    add("Ctrl+I", tr("Choose the images"));
    add("Ctrl+Return", tr("Start or stop training"));
    add("Ctrl+R", tr("New draw of the views"));
    add("Ctrl+Z, Ctrl+Shift+Z", tr("Undo, redo"));
    add("Ctrl+O, Ctrl+S", tr("Open, save the pipeline"));
    add("Alt+Up, Alt+Down", tr("Move the operation"));
    add("Ctrl+D, Delete", tr("Duplicate, remove the operation"));
    add("Space", tr("Switch the operation on or off"));
    add("F2, Delete", tr("Rename, delete the run"));
    return keys;
}

} // namespace

void openHelpBox(QWidget *window) {
    auto *dialog = new QDialog(window);
    dialog->setObjectName(QStringLiteral("helpBox"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("SimCLR Workbench"));
    auto *layout = new QVBoxLayout(dialog);
    layout->setContentsMargins(24, 20, 24, 16);
    layout->setSpacing(12);
    layout->addWidget(titleLabel(tr("SimCLR Workbench %1").arg(QString::fromLatin1(programVersion))));
    QLabel *about =
        mutedLabel(tr("Compose augmentations, train image encoders without labels, compare what came out. "
                      "After Chen, Kornblith, Norouzi and Hinton: A Simple Framework for Contrastive "
                      "Learning of Visual Representations, 2020. Free software under the GNU GPL, "
                      "version 3 or later."));
    about->setWordWrap(true);
    about->setMinimumWidth(440);
    layout->addWidget(about);
    layout->addSpacing(4);
    layout->addLayout(makeKeys());
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    layout->addWidget(buttons);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::close);
    dialog->open();
}

} // namespace simclr::ui

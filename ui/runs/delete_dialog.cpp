// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/delete_dialog.h"

#include <QCoreApplication>
#include <QMessageBox>
#include <QPushButton>
#include <utility>

namespace simclr::ui {

namespace {

QString tr(const char *text) {
    return QCoreApplication::translate("DeleteDialog", text);
}

} // namespace

void askToDelete(QWidget &owner, const QString &question, std::function<void()> confirmed) {
    auto *box = new QMessageBox(QMessageBox::Question, tr("Delete"), question, QMessageBox::Cancel, &owner);
    box->setObjectName(QStringLiteral("deleteDialog"));
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(tr("Curves, results and checkpoints go with it. This cannot be undone."));
    QPushButton *confirm = box->addButton(tr("Delete"), QMessageBox::DestructiveRole);
    confirm->setObjectName(QStringLiteral("confirmDelete"));
    box->setDefaultButton(QMessageBox::Cancel);
    box->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(confirm, &QPushButton::clicked, &owner, std::move(confirmed));
    box->open();
}

} // namespace simclr::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/question.h"

#include <QMessageBox>
#include <QPushButton>
#include <utility>

namespace simclr::ui {

void ask(QWidget &owner, const Question &question, std::function<void()> confirmed,
         std::function<void()> declined) {
    auto *box =
        new QMessageBox(QMessageBox::Question, question.confirm, question.text, QMessageBox::Cancel, &owner);
    box->setObjectName(question.objectName);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(question.consequence);
    QPushButton *confirm = box->addButton(question.confirm, QMessageBox::DestructiveRole);
    confirm->setObjectName(QStringLiteral("confirm"));
    box->setDefaultButton(QMessageBox::Cancel);
    box->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(confirm, &QPushButton::clicked, &owner, std::move(confirmed));
    if (declined)
        QObject::connect(box, &QMessageBox::rejected, &owner, std::move(declined));
    box->open();
}

} // namespace simclr::ui

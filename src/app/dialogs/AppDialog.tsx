import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import './dialogs.css';

/** A dialog over the page: focus stays in it and goes back afterwards; Escape and a press beside it close it. */
export function AppDialog({ title, className = '', open, onClose, hideHead = false, role = 'dialog', children }:
{ title: string; className?: string; open: boolean; onClose: () => void; hideHead?: boolean; role?: 'dialog' | 'alertdialog'; children: ReactNode }) {
  return (
    <ModalOverlay className="overlay" isOpen={open} onOpenChange={(isOpen) => { if (!isOpen) onClose(); }} isDismissable={role === 'dialog'}>
      <Modal className={`modal ${className}`}>
        <Dialog className="dialog" role={role} {...(hideHead ? { 'aria-label': title } : {})}>
          {!hideHead && (
            <header className="dialog-head">
              <Heading slot="title">{title}</Heading>
              <button type="button" className="button quiet icon" aria-label="Close" onClick={onClose}><X size={16} aria-hidden /></button>
            </header>
          )}
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

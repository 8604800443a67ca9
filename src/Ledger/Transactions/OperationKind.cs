namespace NuCypher.P2P.Ledger.Transactions;

/// <summary>What a transaction does; one byte. Numbers are never used again for something else.</summary>
public enum OperationKind : byte
{
    /// <summary><see cref="Transactions.Transfer"/>.</summary>
    Transfer = 1,

    /// <summary><see cref="Transactions.Approve"/>.</summary>
    Approve = 2,

    /// <summary><see cref="Transactions.TransferFrom"/>.</summary>
    TransferFrom = 3,

    /// <summary><see cref="Transactions.Stake"/>.</summary>
    Stake = 4,

    /// <summary><see cref="Transactions.Split"/>.</summary>
    Split = 5,

    /// <summary><see cref="Transactions.Prolong"/>.</summary>
    Prolong = 6,

    /// <summary><see cref="Transactions.Withdraw"/>.</summary>
    Withdraw = 7,

    /// <summary><see cref="Transactions.ConfirmActivity"/>.</summary>
    ConfirmActivity = 8,

    /// <summary><see cref="Transactions.CreatePolicy"/>.</summary>
    CreatePolicy = 9,

    /// <summary><see cref="Transactions.RevokePolicy"/>.</summary>
    RevokePolicy = 10,

    /// <summary><see cref="Transactions.RevokeArrangement"/>.</summary>
    RevokeArrangement = 11,

    /// <summary><see cref="Transactions.CollectRewards"/>.</summary>
    CollectRewards = 12,

    /// <summary><see cref="Transactions.CollectFees"/>.</summary>
    CollectFees = 13,

    /// <summary><see cref="Transactions.PostReceipts"/>.</summary>
    PostReceipts = 14,

    /// <summary><see cref="Transactions.SubmitEvidence"/>.</summary>
    SubmitEvidence = 15,

    /// <summary><see cref="Transactions.CommitSecret"/>.</summary>
    CommitSecret = 16,

    /// <summary><see cref="Transactions.RevealSecret"/>.</summary>
    RevealSecret = 17,

    /// <summary><see cref="Transactions.CommitVote"/>.</summary>
    CommitVote = 18,

    /// <summary><see cref="Transactions.RevealVote"/>.</summary>
    RevealVote = 19,
}

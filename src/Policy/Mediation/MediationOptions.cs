namespace NuCypher.P2P.Policy.Mediation;

/// <summary>How nodes behind a NAT are mediated for, and what strangers may ask of a mediator.</summary>
public sealed record MediationOptions
{
    /// <summary>How many mediators a node behind a NAT has; 3, of which one is enough for a call.</summary>
    public int Mediators { get; init; } = 3;

    /// <summary>How often a guest asks its mediators again; 15 s: many NATs forget a silent address after 30.</summary>
    public TimeSpan RenewInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a mediator remembers a guest that is silent; 60 s.</summary>
    public TimeSpan GuestTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long an answer may take before a mediator is asked again, or another one; 1 s.</summary>
    public TimeSpan AnswerTime { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How far the clocks may differ, and how long a token is good; 60 s.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The most guests of a mediator; 256, about 256 KiB.</summary>
    public int MaxGuests { get; init; } = 256;

    /// <summary>The most guests of one host, such as a NAT with many nodes behind it; 16.</summary>
    public int MaxGuestsPerHost { get; init; } = 16;

    /// <summary>The most records of guests that are named at once; 8.</summary>
    public int MaxNamedGuests { get; init; } = 8;

    /// <summary>The most nonces that are remembered; 8,192: the total rate for a window before and after.</summary>
    public int MaxNonces { get; init; } = 8_192;

    /// <summary>Messages a second whose signature is checked, of one source; 8, and 32 at once.</summary>
    public int MessagesPerSecond { get; init; } = 8;

    /// <summary>The same of all sources together; 64, and 256 at once: some 1 % of a processor.</summary>
    public int TotalMessagesPerSecond { get; init; } = 64;
}
